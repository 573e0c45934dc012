// Says which runtime runs it, and where that is.
const { bun, deno, node } = process.versions
console.log(JSON.stringify({ version: bun ?? deno ?? node, path: process.execPath }))
