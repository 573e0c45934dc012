const SCOPE = '@bercon/'

/** What each package may import, by name. */
export type Imports = Readonly<Record<string, readonly string[]>>

/** The part of `biome.json` that we read: the rules about what a package may import. */
interface BiomeConfig {
  readonly overrides: readonly {
    readonly includes: readonly string[]
    readonly linter: {
      readonly rules: {
        readonly style?: { readonly noRestrictedImports?: { readonly options: RestrictedImports } }
      }
    }
  }[]
}

interface RestrictedImports {
  readonly patterns: readonly { readonly group: readonly string[] }[]
}

/** The packages that each may import, by Biome's rules: everything is forbidden except what follows a `!`. */
export function importsIn(config: BiomeConfig): Imports {
  const entries = config.overrides.flatMap(({ includes: [place = ''], linter: { rules } }) => {
    const [, folder] = /^packages\/([^/]+)\/src\//.exec(place) ?? []
    const patterns = rules.style?.noRestrictedImports?.options.patterns
    if (folder === undefined || patterns === undefined) return []
    const group = patterns.flatMap((pattern) => pattern.group)
    const allowed = group.flatMap((glob) => /^!([^./#].*?)(?:\*|\/\*\*|\*\/\*\*)?$/.exec(glob)?.[1] ?? [])
    return [[`${SCOPE}${folder}`, [...new Set(allowed)]] as const]
  })
  return Object.fromEntries(entries)
}

/**
 * The packages and the arrows between them in Graphviz's language. An arrow is faint if others imply it, because its
 * target is below another package that is imported too.
 */
export function layersDiagram(imports: Imports): string {
  const packages = Object.entries(imports)
  return [
    'digraph {',
    '  rankdir=TB; nodesep=0.1; ranksep=0.55',
    '  node [shape=box style=rounded fontname=Helvetica fontsize=13 height=0.45 margin="0.08,0.06"]',
    '  edge [arrowsize=0.7]',
    ...packages.map(([name, below]) => `  "${name}" [label="${label(name, below)}"]`),
    ...packages.flatMap(([name, below]) =>
      below.filter(isPackage).map((target) => `  "${name}" -> "${target}"${look(name, target, imports)}`),
    ),
    '}',
  ].join('\n')
}

/** The same for narrow screens, where so many boxes are not legible: a list of what each package imports. */
export function layersList(imports: Imports): string {
  const items = Object.entries(imports).map(([name, below]) => {
    const ours = below.filter(isPackage).map((target) => target.slice(SCOPE.length))
    return `<li><code>${name.slice(SCOPE.length)}</code>${ours.length === 0 ? '' : ` → ${ours.join(', ')}`}</li>`
  })
  return `<ul>${items.join('')}</ul>`
}

/** The name, with external libraries below it in brackets, those of one scope as one. */
function label(name: string, below: readonly string[]): string {
  const foreign = below.filter((target) => !isPackage(target))
  const libraries = [...new Set(foreign.map((target) => target.replace(/:$|(?<=^@[^/]+)\/.*/, '')))]
  const shown = libraries.length > 3 ? `${libraries.length} libraries` : libraries.join(', ')
  return [name.slice(SCOPE.length), ...(shown === '' ? [] : [`(${shown})`])].join('\\n')
}

function look(name: string, target: string, imports: Imports): string {
  const others = (imports[name] ?? []).filter((other) => isPackage(other) && other !== target)
  return others.some((other) => reaches(other, target, imports)) ? ' [class=implied]' : ''
}

function reaches(from: string, target: string, imports: Imports): boolean {
  return from === target || (imports[from] ?? []).some((next) => reaches(next, target, imports))
}

function isPackage(name: string): boolean {
  return name.startsWith(SCOPE)
}
