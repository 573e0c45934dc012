import { Comment, type ProjectReflection } from 'typedoc'
import type { EntryPoint } from './entry-points.js'

/** Calls each module what it is imported as, and says where the text about it is. */
export function nameModules(project: ProjectReflection, points: readonly EntryPoint[]): void {
  for (const module of project.children ?? []) {
    const file = project.getSymbolIdFromReflection(module)?.fileName
    const point = points.find(({ source }) => file?.endsWith(source))
    if (point === undefined) throw new Error(`${module.name} is no entry point`)
    module.name = point.name
    module.comment = new Comment([{ kind: 'text', text: introduction(point) }])
  }
}

function introduction({ name, folder, description }: EntryPoint): string {
  const guide = `[its guide](/packages/${folder}/README.md)`
  const [, , subpath] = name.split('/')
  return subpath === undefined
    ? `${description}. More in ${guide}.`
    : `The part of the package that is imported as \`${name}\`; more in ${guide}.`
}
