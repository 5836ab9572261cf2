package sample

// cultures are the names people of a British town go by. The shares add up to a
// hundred. A name that is not in Latin letters has its reading after a bar.
var cultures = []struct {
	share         int
	given, family []string
	familyFirst   bool // and written without a space
}{
	{
		share: 46,
		given: []string{
			"Alison", "Bernard", "Bethany", "Callum", "Charlotte", "Daphne", "Dominic", "Edith", "Felicity", "Geoffrey",
			"Hannah", "Imogen", "Jonathan", "Joyce", "Leonard", "Lydia", "Marian", "Nathaniel", "Olivia", "Philippa",
			"Rosalind", "Rowena", "Simon", "Stuart", "Tabitha", "Verity", "Winifred", "Zoë",
		},
		family: []string{
			"Aldcroft", "Barraclough", "Birtwhistle", "Cawthorne", "Dunmore", "Ellerby", "Fairweather", "Garside",
			"Hebblethwaite", "Ibbotson", "Kirkbride", "Lofthouse", "Marsh", "Micklethwaite", "Nettleton", "Oldroyd",
			"Pettifer", "Quarmby", "Ramsden", "Satterthwaite", "Tattersall", "Thornbury", "Underhill", "Wainscott",
			"Wigglesworth", "Yarwood", "D'Aubney", "D'Eyncourt",
		},
	},
	{
		share: 11,
		given: []string{
			"Siân", "Llŷr", "Gwenllian", "Dafydd", "Rhiannon", "Emyr", "Cerys", "Ffion", "Iestyn", "Angharad", "Tomos", "Non",
		},
		family: []string{
			"ap Gruffudd", "Bebb", "Cadwaladr", "Eynon", "Gethin", "Llywarch", "Mostyn", "Penry", "Prydderch", "Tudur", "Ynyr",
		},
	},
	{
		share: 11,
		given: []string{
			"Ailsa", "Beathan", "Catrìona", "Eilidh", "Fearghas", "Fionnlagh", "Isla", "Kirsty", "Mòrag", "Ruaridh", "Struan",
		},
		family: []string{
			"Abercrombie", "Balfour-Ord", "Colquhoun", "Dalgleish", "Farquharson", "Galbraith", "MacAskill", "MacPhàrlain",
			"McCorquodale", "Strachan", "Urquhart",
		},
	},
	{
		share: 9,
		given: []string{
			"Aoife", "Bríd", "Caoimhe", "Ciarán", "Diarmuid", "Fionnuala", "Gráinne", "Niamh", "Oisín", "Pádraig", "Róisín",
		},
		family: []string{
			"O'Clery", "O'Dowd", "O'Halloran", "O'Mulvaney", "O'Shaughnessy", "Ó Súilleabháin", "Fitzgibbon", "Geoghegan",
			"Mac Giolla", "McAnespie", "Quigley",
		},
	},
	{
		share: 9,
		given: []string{
			"Aarti", "Bhavesh", "Chandrika", "Deepa", "Farhana", "Gurpreet", "Harjinder", "Jaswinder", "Meenakshi", "Naveed",
			"Rukhsana", "Shabnam", "Tariq", "Venkatesh", "Yasmin",
		},
		family: []string{
			"Bhattacharyya", "Chowdhury", "Dhaliwal", "Gill-Sandhu", "Hussaini", "Jayawardena", "Krishnamurthy", "Mahmud",
			"Pillai", "Qureshi", "Rahmani", "Subramaniam", "Vaidya",
		},
	},
	{
		share: 5,
		given: []string{
			"Adaeze", "Babajide", "Chinonso", "Efua", "Folasade", "Kwabena", "Ngozi", "Ọlábísí", "Tendai", "Yaw", "Zanele",
		},
		family: []string{
			"Adeyinka", "Boateng-Mills", "Chikwanda", "Dlamini", "Ekwueme", "Ndlovu", "Nwachukwu", "Ogunleye", "Onyekachi", "Sarpong",
		},
	},
	{
		share: 4,
		given: []string{
			"Bożena", "Elżbieta", "Grzegorz", "Jagoda", "Łucja", "Małgorzata", "Paweł", "Stanisław", "Świętosława", "Wojciech",
		},
		family: []string{
			"Błaszczyk", "Ćwikła", "Dąbek", "Gołąb", "Jabłonka", "Krzyżak", "Łopuch", "Śliwa", "Wróbel", "Żak",
		},
	},
	{
		share:  2,
		given:  []string{"Begoña", "Íñigo", "María José", "Nélida", "Joaquim", "Conceição", "François", "Jürgen"},
		family: []string{"Núñez de Arce", "Peñaranda", "Muñiz Ibáñez", "Falcão", "Gonçalves Brandão", "Lefèvre-Aubry", "Größner"},
	},
	{
		share:       1,
		given:       []string{"晓梅|xiaomei", "文轩|wenxuan", "志远|zhiyuan", "雨桐|yutong", "嘉豪|jiahao"},
		family:      []string{"欧阳|ouyang", "陈|chen", "黄|huang", "郑|zheng", "梁|liang"},
		familyFirst: true,
	},
	{
		share:       1,
		given:       []string{"陽葵|himari", "蒼汰|sota", "千尋|chihiro", "小百合|sayuri"},
		family:      []string{"高橋|takahashi", "小笠原|ogasawara", "中川|nakagawa", "渡邉|watanabe"},
		familyFirst: true,
	},
	{
		share:       1,
		given:       []string{"서연|seoyeon", "도윤|doyun", "하은|haeun", "준서|junseo"},
		family:      []string{"김|kim", "남궁|namgung", "윤|yun", "조|cho"},
		familyFirst: true,
	},
}
