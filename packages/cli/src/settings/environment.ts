/** A variable of the environment; an empty one counts as none. */
export function variable(name: string): string | undefined {
  return process.env[name] || undefined
}
