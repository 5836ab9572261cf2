package sample

// towns lie in a county that is on no map.
var towns = []string{
	"Aldermere", "Brackenthwaite", "Cold Ashby St Oswin", "Dunholt", "Eastermarsh", "Fennaway", "Great Wendle",
	"Harrowfold", "Inglebeck", "Kestrelby", "Little Wendle", "Llanfihangel-y-Glyn", "Mossbridge", "Netherwick",
	"Oxlade", "Pendlecombe", "Quarley Regis", "Ravensholm", "Sallowby", "Thornage-on-Sea", "Upper Tarn", "Wexcombe",
}

var streets = []string{
	"Beck Lane", "Chapel Street", "Corn Exchange Yard", "Drovers Way", "Ferry Road", "Glebe Close", "Heol y Felin",
	"Kiln Hill", "Lantern Row", "Mill Lane", "Old Tannery Court", "Orchard Rise", "Priory Walk", "Rectory Gardens",
	"Sheepfold Lane", "St Oswin's Terrace", "Weavers' Green", "Windmill Avenue",
}

// patrons begin the name of a school; the house it is follows.
var patrons = []string{
	"Alder Grange", "All Hallows", "Bellfield", "Blessed Oswin", "Broad Meadow", "Castle Mound", "Dovecote",
	"Foxglove Bank", "Gorse Hill", "Hazel Dene", "Holy Innocents'", "Kingfisher", "Lark Rise", "Maes y Coed",
	"Millstream", "Northgate", "Old Quarry", "Our Lady of the Fens", "Ridgeway", "Sandpiper", "Silver Birch",
	"St Ælfgifu's", "St Cedd and St Botolph's", "St Werburga's", "Ten Acre", "Turnpike", "Viaduct", "West Beacon",
	"Willow Brook", "Ysgol Bryn Heulog",
}

// houses are what an organisation may be. A weight says how common it is.
var houses = []house{
	{"Primary School", "Community school", "Primary", 22},
	{"Church of England Voluntary Aided Primary School and Nursery", "Voluntary aided school", "Primary", 10},
	{"Roman Catholic Academy, a Voluntary Academy of the Wendle Valley Trust", "Academy converter", "Primary", 6},
	{"Infant and Nursery School", "Foundation school", "Primary", 8},
	{"Junior School", "Community school", "Primary", 7},
	{"High School", "Academy sponsor led", "Secondary", 9},
	{"School and Sixth Form College", "Academy converter", "Secondary", 5},
	{"School for Pupils with Communication and Interaction Needs", "Special school", "All-through", 3},
	{"Alternative Provision Academy", "Pupil referral unit", "Secondary", 2},
	{"Pre-School", "Early years setting", "Nursery", 10},
	{"Childminding", "Childminder", "Nursery", 9},
	{"Day Nursery and Out of School Club", "Early years setting", "Nursery", 6},
	{"Learning Partnership", "Partner", "", 3},
}
