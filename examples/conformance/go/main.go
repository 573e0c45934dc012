// An adapter for github.com/multiplay/go-battleye.
//
// Each line of standard input is an order, each line of standard output a report.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sync"

	"github.com/multiplay/go-battleye"
)

type order struct {
	Do       string `json:"do"`
	Host     string `json:"host"`
	Port     int    `json:"port"`
	Password string `json:"password"`
	ID       int    `json:"id"`
	Text     string `json:"text"`
}

type report map[string]any

var output sync.Mutex

func send(r report) {
	output.Lock()
	defer output.Unlock()
	line, _ := json.Marshal(r)
	fmt.Println(string(line))
}

func login(o order) *battleye.Client {
	client, err := battleye.NewClient(fmt.Sprintf("%s:%d", o.Host, o.Port), o.Password)
	if err != nil {
		send(report{"report": "login-failed", "reason": err.Error()})
		return nil
	}
	send(report{"report": "logged-in"})
	go func() {
		for text := range client.Messages() {
			send(report{"report": "message", "text": text})
		}
	}()
	return client
}

func execute(client *battleye.Client, o order) {
	if client == nil {
		send(report{"report": "failure", "id": o.ID, "reason": "not logged in"})
		return
	}
	reply, err := client.Exec(o.Text)
	if err != nil {
		send(report{"report": "failure", "id": o.ID, "reason": err.Error()})
		return
	}
	send(report{"report": "reply", "id": o.ID, "text": reply})
}

func main() {
	var client *battleye.Client
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var o order
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			continue
		}
		switch o.Do {
		case "login":
			client = login(o)
		case "command":
			// Several commands are under way at the same time.
			go execute(client, o)
		case "close":
			if client != nil {
				client.Close()
			}
			send(report{"report": "closed"})
		}
	}
}
