package exchange

import (
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/exchange/table"
)

// data is the folder of real inputs, which is not part of the project.
func data(t testing.TB) fs.FS {
	t.Helper()
	root := os.Getenv("CUSTOS_DATA")
	if root == "" {
		t.Skip("CUSTOS_DATA does not name a folder of real inputs")
	}
	return os.DirFS(root)
}

func open(t testing.TB, fsys fs.FS, name string) (*table.Table, error) {
	t.Helper()
	content, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	return Read(name, content)
}

func TestEveryRealFileIsReadOrRefused(t *testing.T) {
	fsys := data(t)
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		tb, err := open(t, fsys, name)
		if err != nil {
			if !strings.HasPrefix(err.Error(), name) {
				t.Errorf("the error does not name the file %s: %v", name, err)
			}
			return nil
		}
		seen := map[int]bool{}
		for r := range tb.Rows() {
			seen[r.Line] = true
		}
		for _, p := range tb.Problems {
			if seen[p.Line] {
				t.Errorf("%s, line %d is both read and refused", name, p.Line)
			}
			seen[p.Line] = true
		}
		if len(seen) != tb.DataRows() {
			t.Errorf("%s: %d data rows on %d lines", name, tb.DataRows(), len(seen))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRealRowCounts(t *testing.T) {
	fsys := data(t)
	for name, want := range map[string]struct {
		rows, problems, blank, columns int
		encoding                       string
	}{
		"gias/academy_trusts_2016.csv":                                                {3122, 0, 0, 6, "UTF-8"},
		"gias/childrens_centre_links.csv":                                             {1301, 0, 0, 5, "UTF-8"},
		"gias/childrens_centres.csv":                                                  {2992, 0, 0, 18, "UTF-8"},
		"gias/ebi_gias_synthetic.csv":                                                 {60, 0, 0, 140, "UTF-8"},
		"gias/ecf_tech.csv":                                                           {6, 0, 0, 32, "windows-1252"},
		"gias/edubasealldata_shaped_cp1252_open.csv":                                  {3808, 0, 0, 139, "windows-1252"},
		"gias/gias_sample.csv":                                                        {99, 0, 0, 139, "UTF-8"},
		"gias/la_name_variants.csv":                                                   {1774, 0, 0, 2, "UTF-8"},
		"gias/links_edubasealldata20230421.csv":                                       {31274, 0, 0, 5, "windows-1252"},
		"gias/local_authority_data.csv":                                               {151, 0, 0, 8, "UTF-8"},
		"gias/npq_schools_2023-11_open_half.csv":                                      {26744, 0, 0, 28, "UTF-8"},
		"gias/ofsted_childminders_2025_first6000.csv":                                 {6000, 0, 0, 11, "windows-1252"},
		"gias/ofsted_early_years_2021_segment3_reduced.csv":                           {5000, 0, 0, 48, "UTF-8"},
		"gias/school_data_pineapple.csv":                                              {13, 0, 0, 133, "UTF-8"},
		"gias/school_mis_suppliers_Autumn2014.csv":                                    {21956, 0, 0, 2, "UTF-8"},
		"gias/trafford_schools_and_colleges.csv":                                      {103, 0, 0, 19, "UTF-8"},
		"gias/uk_local_authorities_current.csv":                                       {470, 0, 0, 38, "UTF-8"},
		"contacts/ghost_members-ragged-row.csv":                                       {2, 0, 0, 3, "UTF-8"},
		"events/eventbrite_attendees.csv":                                             {3, 0, 0, 32, "UTF-8"},
		"mis_uploads_nhs/class_import/valid_instruction_row.csv":                      {1, 0, 0, 3, "UTF-8"},
		"mis_uploads_nhs/class_import/invalid_fields.csv":                             {16, 0, 1, 18, "UTF-8"},
		"mis_uploads_nhs/class_import/malformed.csv":                                  {1, 1, 0, 1, "UTF-8"},
		"mis_uploads_dfe/bulk_update/trainee_uploads/v2026_1/failed_with_failed.csv":  {5, 0, 0, 53, "UTF-8"},
		"mis_uploads_dfe/bulk_update/trainee_uploads/v2026_1/mixed_rows_encoding.csv": {5, 0, 0, 51, "windows-1252"},
		"hostile/frictionless/skip-rows.csv":                                          {3, 0, 0, 2, "UTF-8"},
		"hostile/frictionless/defective-rows.csv":                                     {1, 1, 0, 3, "UTF-8"},
		"hostile/frictionless/structure-errors.csv":                                   {2, 1, 1, 3, "UTF-8"},
		"hostile/govuk_notify/spreadsheet_files/equivalents/excel_2007.xlsx":          {3, 0, 0, 4, ""},
		"school_data_sync/UK_Format/25_Users/StudentEnrollment.csv":                   {154, 0, 0, 2, "UTF-8"},
	} {
		tb, err := open(t, fsys, name)
		if err != nil {
			t.Error(err)
			continue
		}
		got := want
		got.rows, got.problems, got.blank, got.columns = tb.Len(), len(tb.Problems), tb.Blank, len(tb.Columns)
		got.encoding = tb.Encoding
		if got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

func TestAcidTest(t *testing.T) {
	fsys := data(t)
	files, err := fs.Glob(fsys, "hostile/csv-spectrum/csvs/*.csv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files, %v", err)
	}
	for _, name := range files {
		tb, err := open(t, fsys, name)
		if err != nil {
			t.Error(err)
			continue
		}
		expected, err := fs.ReadFile(fsys, "hostile/csv-spectrum/json/"+strings.TrimSuffix(path.Base(name), ".csv")+".json")
		if err != nil {
			t.Fatal(err)
		}
		// The stored files have lost the CRLF their expectation was made from.
		expected = []byte(strings.ReplaceAll(string(expected), `\r\n`, `\n`))
		var want, got []map[string]string
		if err := json.Unmarshal(expected, &want); err != nil {
			t.Fatal(err)
		}
		for r := range tb.Rows() {
			row := map[string]string{}
			for i, c := range tb.ColumnNames() {
				row[c] = string(r.Cell(i))
			}
			got = append(got, row)
		}
		if diff := cmp.Diff(want, got); diff != "" || len(tb.Problems) > 0 {
			t.Errorf("%s: %s %v", name, diff, tb.Problems)
		}
	}
}

func TestOneTableInSeveralFormats(t *testing.T) {
	fsys := data(t)
	const dir = "hostile/govuk_notify/spreadsheet_files/equivalents/"
	var want [][]string
	for _, name := range []string{"newline_unix.csv", "newline_windows.csv", "tab_separated.tsv", "excel_2007.xlsx"} {
		tb, err := open(t, fsys, dir+name)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = cleaned(tb)
		}
		if diff := cmp.Diff(want, cleaned(tb)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestNaughtyStringsTravel(t *testing.T) {
	fsys := data(t)
	content, err := fs.ReadFile(fsys, "hostile/blns.json")
	if err != nil {
		t.Fatal(err)
	}
	var strs []string
	if err := json.Unmarshal(content, &strs); err != nil {
		t.Fatal(err)
	}
	payloads, err := fs.ReadFile(fsys, "hostile/csv_injection_payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	strs = append(strs, strings.Split(string(payloads), "\n")...)
	for _, f := range []table.Format{table.CSV, table.XLSX} {
		tb, err := Read("naughty", written(t, f, strs))
		if err != nil {
			t.Fatal(err)
		}
		if tb.Len() != len(strs) || len(tb.Problems) > 0 {
			t.Fatalf("%s: %d rows of %d, problems %v", f, tb.Len(), len(strs), tb.Problems)
		}
		i := 0
		for r := range tb.Rows() {
			if got := r.Text(1); table.Clean(strs[i]) == strs[i] && got != strs[i] && !strings.ContainsFunc(strs[i], isC1) {
				t.Errorf("%s: wrote %q, read %q", f, strs[i], got)
			}
			i++
		}
	}
}

func isC1(r rune) bool { return r >= 0x80 && r < 0xa0 }
