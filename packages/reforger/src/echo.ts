const ECHO = 'Processing Command: '

/** The command that a message says is being carried out now; `undefined` for any other message. */
export function parseEcho(text: string): string | undefined {
  if (!text.startsWith(ECHO)) return undefined
  const command = text.slice(ECHO.length).replace(/[\r\n\0]+$/, '')
  // A piece of a list can begin like an echo, but goes on after the end of the line.
  return command.includes('\n') ? undefined : command
}

const LOGIN = /^Logged In! Client ID: #([0-9]{1,10})[\r\n\0]*$/

/** The number in the message that follows a login; `undefined` for any other message. */
export function parseLogin(text: string): number | undefined {
  const digits = LOGIN.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
