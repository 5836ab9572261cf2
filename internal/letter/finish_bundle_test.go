package letter

import "testing"

func FuzzTakeApart(f *testing.F) {
	f.Add([]byte("%PDF-1.3\n1 0 obj\n<</Length 2>>\nstream\nab\nendstream\nendobj\n\nxref\n0 2\n0000000000 65535 f \n" +
		"0000000009 00000 n \ntrailer\n<<\n/Root 1 0 R\n/Info 1 0 R\n"))
	f.Add([]byte("\nxref\n0 9\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if b, err := takeApart(data); err == nil && (b.root < 1 || b.root >= len(b.objects)) {
			t.Error("there is no catalogue")
		}
	})
}
