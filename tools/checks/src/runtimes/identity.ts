// Prints which runtime runs it, and its path.
const { bun, deno, node } = process.versions
console.log(JSON.stringify({ version: bun ?? deno ?? node, path: process.execPath }))
