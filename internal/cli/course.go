package cli

import (
	"context"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) courseCommand() *cobra.Command {
	return a.noun("course", "Training people are booked on", a.addCourse(), a.listCourses())
}

func (a *app) addCourse() *cobra.Command {
	var c register.Course
	cmd := &cobra.Command{
		Use: "add", Short: "Add a course", Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			id, err := s.AddCourse(ctx, c)
			if err != nil {
				return err
			}
			return a.done(id, "added")
		}, "title", "starts"),
	}
	cmd.Flags().StringVar(&c.Title, "title", "", "what it is called")
	cmd.Flags().StringVar(&c.Code, "code", "", "its short name")
	cmd.Flags().StringVar(&c.Venue, "venue", "", "where it is held")
	date(cmd, &c.Starts, "starts", "first day")
	date(cmd, &c.Ends, "ends", "last day")
	return cmd
}

func (a *app) listCourses() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List courses, the latest first", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			list, err := s.Courses()
			if err != nil {
				return err
			}
			return a.show(list, func(p *page) {
				var rows [][]string
				for _, c := range list {
					rows = append(rows, []string{string(c.ID), c.Code, c.Title, c.Venue, c.Starts.String(), c.Ends.String()})
				}
				p.table("no courses", []string{"ID", "CODE", "TITLE", "VENUE", "STARTS", "ENDS"}, rows)
			})
		}),
	}
}
