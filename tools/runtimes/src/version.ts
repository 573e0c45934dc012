// Prints the version of the runtime that runs it.
const { bun, deno, node } = process.versions
console.log(bun ?? deno ?? node)
