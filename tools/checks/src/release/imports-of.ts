import { parseSync } from 'oxc-parser'

/** The imports of a source from other packages, including types and `import('…')`. @throws if it cannot be parsed. */
export function importsOf(path: string, source: string): readonly string[] {
  const { module, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const { staticImports, staticExports, dynamicImports } = module
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) =>
      entries.map(({ moduleRequest }) => moduleRequest?.value ?? './'),
    ),
    ...dynamicImports.flatMap(({ moduleRequest: { start, end } }) => literalIn(source.slice(start, end))),
  ].filter((specifier) => !specifier.startsWith('.'))
}

/** The package that an import names: `@bercon/core` for `@bercon/core/testing`, `node:` for all of Node's modules. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:'
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** The module that `import('…')` names; `undefined` if it is only known at run time. */
function literalIn(argument: string): string[] {
  const [, specifier] = /^['"](.*)['"]$/.exec(argument) ?? []
  return specifier === undefined ? [] : [specifier]
}
