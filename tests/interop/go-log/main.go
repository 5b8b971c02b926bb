// Command go-log verifies proofs of a Talos log with Go's own verifier of signed notes and Merkle proofs, which we did not write.
//
//	go-log VKEY PROOF [ENTRY]            one tlog-proof file; the entry is in the file ENTRY, or else in the proof's extra data
//	go-log -questions FILE ACCEPT REJECT a file of questions, one JSON object a line; how many must be accepted and rejected at least
//
// The key is the argument itself: whoever takes it from the log that he wants to verify has verified nothing.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const header = "c2sp.org/tlog-proof@v1"

type question struct {
	N       int      `json:"n"`
	What    string   `json:"what"`
	Accept  bool     `json:"accept"`
	Vkey    string   `json:"vkey"`
	Entry   string   `json:"entry"`
	Proof   string   `json:"proof"`
	Earlier string   `json:"earlier"`
	Path    []string `json:"path"`
}

type tree struct {
	size int64
	root tlog.Hash
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 4 && args[0] == "-questions" {
		return all(args[1], args[2], args[3])
	}
	if len(args) != 2 && len(args) != 3 {
		return errors.New("say: go-log VKEY PROOF [ENTRY]")
	}
	proof, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	var entry []byte
	if len(args) == 3 {
		if entry, err = os.ReadFile(args[2]); err != nil {
			return err
		}
	}
	in, entry, err := included(strings.TrimSpace(args[0]), string(proof), entry)
	if err != nil {
		return err
	}
	fmt.Printf("VERIFIED against %d entries: %s\n", in.size, entry)
	return nil
}

// included opens the checkpoint in a tlog-proof and checks that the entry lies under it.
func included(vkey, proof string, entry []byte) (tree, []byte, error) {
	head, checkpoint, found := strings.Cut(proof, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != header {
		return tree{}, nil, errors.New("not a tlog-proof")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		extra, err := base64.StdEncoding.Strict().DecodeString(lines[0][len("extra "):])
		if err != nil {
			return tree{}, nil, err
		}
		if entry == nil {
			entry = extra
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return tree{}, nil, errors.New("no index")
	}
	index, err := strconv.ParseInt(lines[0][len("index "):], 10, 64)
	if err != nil {
		return tree{}, nil, err
	}
	var path tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return tree{}, nil, err
		}
		path = append(path, hash)
	}
	in, err := open(vkey, checkpoint)
	if err != nil {
		return tree{}, nil, err
	}
	return in, entry, tlog.CheckRecord(path, in.size, in.root, index, tlog.RecordHash(entry))
}

// open checks a checkpoint's signature and reads it; its origin must be the key's name.
func open(vkey, checkpoint string) (tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree{}, err
	}
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
	if err != nil {
		return tree{}, err
	}
	lines := strings.SplitN(opened.Text, "\n", 4)
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tree{size, root}, err
}

// continues checks that the later tree begins with the one of the earlier checkpoint.
func continues(q question, later tree) error {
	earlier, err := open(q.Vkey, q.Earlier)
	if err != nil {
		return err
	}
	var path tlog.TreeProof
	for _, text := range q.Path {
		raw, err := hex.DecodeString(text)
		if err != nil || len(raw) != tlog.HashSize {
			return errors.New("not a hash")
		}
		var hash tlog.Hash
		copy(hash[:], raw)
		path = append(path, hash)
	}
	return tlog.CheckTree(path, later.size, later.root, earlier.size, earlier.root)
}

func judge(q question) error {
	entry, err := base64.StdEncoding.DecodeString(q.Entry)
	if err != nil {
		return err
	}
	later, _, err := included(q.Vkey, q.Proof, entry)
	if err == nil && q.Earlier != "" {
		err = continues(q, later)
	}
	return err
}

func all(file, accept, reject string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	accepted, rejected, wrong := 0, 0, 0
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return err
		}
		switch err := judge(q); {
		case (err == nil) != q.Accept:
			wrong++
			fmt.Printf("question %d (%s): %v\n", q.N, q.What, err)
		case q.Accept:
			accepted++
		default:
			rejected++
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	fmt.Printf("go: %d accepted, %d rejected, %d disagreements\n", accepted, rejected, wrong)
	wantAccepted, err1 := strconv.Atoi(accept)
	wantRejected, err2 := strconv.Atoi(reject)
	if wrong > 0 || err1 != nil || err2 != nil || accepted < wantAccepted || rejected < wantRejected {
		return errors.New("not what was expected")
	}
	return nil
}
