/** The commented file that `init` writes, with a first user's token as its hash. */
// @ts-nocheck

export function exampleFile(adminTokenSha256: string): string {
  return `# The gateway logs in to each server once, and stays logged in. Paths are relative to this file.
# After a change: kill -HUP the gateway. A file with a mistake changes nothing, and the gateway says what is wrong.

[servers.altis]
host = "127.0.0.1"
port = 2306                       # RConPort in BEServer_x64.cfg, not the game's port
password-file = "altis.password"  # RConPassword alone; chmod 600
game = "arma3"                    # arma3, dayz, reforger, or auto
battleye = "127.0.0.1:2406"       # where users' own BattlEye tools log in, with their token as the password

[users.admin]
token-sha256 = "${adminTokenSha256}"
role = "owner"

# Another user: run "bercon-gateway token ann" and paste what it prints.

[roles.owner]
servers = ["*"]
commands = ["*"]                  # every command that has a name
audit = true                      # may read the audit

[roles.moderator]
servers = ["altis", "dayz-*"]
commands = ["players", "bans", "say", "kick"]  # everything else is refused
events = ["*"]                    # or ["player*"], for instance
per-minute = 60
say-prefix = "[{user}] "          # players see who speaks

[http]                            # HTTP, WebSocket, and the page if @bercon/console is installed
listen = "127.0.0.1:8306"         # any other address needs tls-cert and tls-key, or behind-proxy = true

[audit]                           # who did what: one JSON object a line
directory = "audit"
# fsync = "always"                # on the disk before the command is sent; slower
`
}
