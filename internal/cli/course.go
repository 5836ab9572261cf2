package cli

import (
	"context"
	"strconv"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) courseCommand() *cobra.Command {
	return a.noun("course", "Training people are booked on", a.addCourse(), a.changeCourse(), a.listCourses(), a.showCourse())
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
	courseFlags(cmd, &c)
	return cmd
}

func (a *app) changeCourse() *cobra.Command {
	var c register.Course
	flags := []string{"title", "code", "venue", "starts", "ends"}
	cmd := &cobra.Command{
		Use: "change ID", Short: "Change what is held on a course", Args: takes(cobra.ExactArgs(1)),
	}
	cmd.RunE = a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
		id, err := register.ParseID(register.CoursePrefix, args[0])
		if err != nil {
			return err
		}
		page, err := s.CoursePage(ctx, id)
		if err != nil {
			return err
		}
		after, given := page.Course, cmd.Flags().Changed
		for name, field := range map[string]struct{ to, from *string }{
			"title": {&after.Title, &c.Title}, "code": {&after.Code, &c.Code}, "venue": {&after.Venue, &c.Venue},
		} {
			if given(name) {
				*field.to = *field.from
			}
		}
		if given("starts") {
			after.Starts = c.Starts
		}
		if given("ends") {
			after.Ends = c.Ends
		}
		if err := s.ChangeCourse(ctx, page.Course, after); err != nil {
			return err
		}
		return a.done(id, "changed")
	})
	courseFlags(cmd, &c)
	return atLeastOne(cmd, flags...)
}

func courseFlags(cmd *cobra.Command, c *register.Course) {
	cmd.Flags().StringVar(&c.Title, "title", "", "what it is called")
	cmd.Flags().StringVar(&c.Code, "code", "", "its short name")
	cmd.Flags().StringVar(&c.Venue, "venue", "", "where it is held")
	date(cmd, &c.Starts, "starts", "first day")
	date(cmd, &c.Ends, "ends", "last day")
}

func (a *app) listCourses() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List courses, the latest first", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(ctx context.Context, s *desk.Seat, _ []string) error {
			list, err := s.CourseRows(ctx)
			if err != nil {
				return err
			}
			return a.show(list, func(p *page) {
				var rows [][]string
				for _, c := range list {
					rows = append(rows, []string{
						string(c.ID), c.Code, c.Title, c.Venue, c.Starts.String(), c.Ends.String(), strconv.Itoa(c.Booked),
					})
				}
				p.table("no courses", []string{"ID", "CODE", "TITLE", "VENUE", "STARTS", "ENDS", "BOOKED"}, rows)
			})
		}),
	}
}

func (a *app) showCourse() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show a course with everybody booked on it", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(ctx context.Context, s *desk.Seat, args []string) error {
			id, err := register.ParseID(register.CoursePrefix, args[0])
			if err != nil {
				return err
			}
			c, err := s.CoursePage(ctx, id)
			if err != nil {
				return err
			}
			return a.show(c, func(p *page) {
				p.pairs([2]string{"Course", c.Course.Title}, [2]string{"Code", c.Course.Code}, [2]string{"Venue", c.Course.Venue},
					[2]string{"Starts", c.Course.Starts.String()}, [2]string{"Ends", c.Course.Ends.String()})
				var rows [][]string
				for _, b := range c.Bookings {
					rows = append(rows, []string{
						string(b.ID), string(b.Delegate), b.Name, string(b.State), b.BookedOn.String(), b.Certificate.String(), b.Requirements,
					})
				}
				p.line("")
				p.table("nobody is booked",
					[]string{"BOOKING", "DELEGATE", "NAME", "STATE", "BOOKED ON", "CERTIFICATE", "REQUIREMENTS"}, rows)
			})
		}),
	}
}
