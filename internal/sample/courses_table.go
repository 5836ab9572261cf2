package sample

// subjects are the titles of courses. Some run over two days.
var subjects = []struct {
	title string
	days  int
}{
	{"Early reading and phonics: from first sounds to fluent reading", 1},
	{"Safeguarding for designated leads: refresher", 1},
	{"Mathematics mastery in mixed-age classes", 2},
	{"Paediatric first aid for early years and childminders", 2},
	{"Special educational needs: writing a plan that works", 1},
	{"Leading a team: for new heads of year", 2},
	{"Attendance: finding out why and acting early", 1},
	{"Food hygiene and allergies in small settings", 1},
	{"Welsh and English side by side: teaching in two languages", 1},
	{"The new headteacher: the first hundred days", 2},
	{"Data protection for the school office", 1},
	{"Behaviour: calm corridors, calm classrooms", 1},
	{"Autism in the early years: seeing, hearing, planning", 1},
	{"School finance for governors and trustees", 1},
	{"Science outdoors: ponds, soil and weather", 1},
	{"Music for those who cannot read it", 1},
}

var venues = []string{
	"Wendle Valley Training Centre, Room 2", "Aldermere Town Hall, Lantern Room", "Online", "Thornage-on-Sea Library",
	"Quarley Regis Professional Development Centre", "Ravensholm High School, lecture theatre",
}

var feedbacks = []string{
	"Clear, and plenty to take back to the classroom.", "The room was cold; the course was not.",
	"Too much for one day.", "Best training this year.", "Would have liked the slides beforehand.",
	"Good. The afternoon could be shorter.",
}
