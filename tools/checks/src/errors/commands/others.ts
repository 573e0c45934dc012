import type { CommandRun } from './command-run.js'

/** The files that the command lines name, in the folder in which they run. */
export const FILES: Readonly<Record<string, string>> = {
  'broken-gateway.toml': '[servers.altis]\nprot = 2306\n',
  'old-gateway.toml': '',
  'broken-fleet.toml': 'natz = "nats://127.0.0.1:4222"\n',
  'fleet.toml': 'nats = "nats://127.0.0.1:4222"\n',
  'rcon.password': 'hunter2\n',
  'empty.password': '\n',
  'nul.password': 'hun\0ter2\n',
}

/** Command lines of the other programs that fail, by the name of the program. */
export const OTHERS: Readonly<Record<string, readonly CommandRun[]>> = {
  'bercon-gateway': [
    { line: 'bercon-gateway strat gateway.toml' },
    { line: 'bercon-gateway check gateway.toml more.toml' },
    { line: 'bercon-gateway --port 8306' },
    { line: 'bercon-gateway token' },
    { line: 'bercon-gateway init old-gateway.toml', when: 'the file is there' },
    { line: 'bercon-gateway init missing/gateway.toml' },
    { line: 'bercon-gateway check gateway.toml', when: 'there is no such file' },
    { line: 'bercon-gateway check broken-gateway.toml', when: 'it says "prot"' },
    { line: 'bercon-gateway check old-gateway.toml', when: 'the file is empty' },
  ],
  'bercon-fleet': [
    { line: 'bercon-fleet strat fleet.toml' },
    { line: 'bercon-fleet add fleet.toml altis' },
    { line: 'bercon-fleet add fleet.toml altis 192.0.2.10 2306 --game arma' },
    { line: 'bercon-fleet worker fleet.toml --idd w1' },
    { line: 'bercon-fleet worker missing.toml' },
    { line: 'bercon-fleet worker broken-fleet.toml', when: 'it says "natz"' },
    { line: 'bercon-fleet worker fleet.toml', when: 'it names no worker' },
    { line: 'bercon-fleet add fleet.toml altis 192.0.2.10 70000', input: 'hunter2\n' },
    { line: 'bercon-fleet add fleet.toml "al tis" 192.0.2.10 2306', input: 'hunter2\n' },
  ],
  'bercon-conformance': [
    { line: 'bercon-conformance sever' },
    { line: 'bercon-conformance server 127.0.0.1' },
    { line: 'bercon-conformance server 127.0.0.1 2306' },
    { line: 'bercon-conformance server 127.0.0.1 2306 --password-file missing.password' },
    { line: 'bercon-conformance server 192.0.2.1 2306 --password-file rcon.password' },
    {
      line: 'bercon-conformance server 127.0.0.1 2306 --password-file empty.password',
      when: 'its first line is empty',
    },
    {
      line: 'bercon-conformance server 127.0.0.1 2306 --password-file nul.password',
      when: 'it contains a NUL character',
    },
    {
      line: 'bercon-conformance server 127.0.0.1 2306 --password-file rcon.password --only drops-silent-client',
    },
    { line: 'bercon-conformance client --one-at-a-time --only parts-interleaved -- ./adapter' },
    { line: 'bercon-conformance client' },
    { line: 'bercon-conformance client --only login-twise -- ./adapter' },
    { line: 'bercon-conformance client --at-once 0 -- ./adapter' },
    { line: 'bercon-conformance list --nope' },
  ],
}
