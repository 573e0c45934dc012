import { parseSync, type StaticImport } from 'oxc-parser'

/**
 * A module as CommonJS: its imports first, the rest in an async function, for CommonJS has no `await` at the top. In
 * TypeScript the imports stay as they are, because the compiler makes `require` of them.
 */
export function commonJs(code: string, language: 'js' | 'ts'): string {
  const { module, errors } = parseSync(`snippet.m${language}`, code)
  if (errors.length > 0) throw new Error(errors[0]?.message)
  const imports = module.staticImports.map((found) =>
    language === 'ts' ? code.slice(found.start, found.end) : requirement(found),
  )
  const body = module.staticImports.reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    code,
  )
  return [...imports, 'void (async () => {', body.trim(), '})()', ''].join('\n')
}

function requirement({ moduleRequest, entries }: StaticImport): string {
  const required = `require('${moduleRequest.value}')`
  const [first] = entries
  if (first === undefined) return required
  if (first.importName.kind === 'NamespaceObject') return `const ${first.localName.value} = ${required}`
  const names = entries.map(({ importName, localName }) =>
    importName.kind === 'Default'
      ? `default: ${localName.value}`
      : importName.name === localName.value
        ? localName.value
        : `${importName.name}: ${localName.value}`,
  )
  return `const { ${names.join(', ')} } = ${required}`
}
