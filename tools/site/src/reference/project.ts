import {
  Comment,
  type CommentDisplayPart,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
} from 'typedoc'
import type { EntryPoint } from './entry-points.js'

/**
 * Resolves each `{@link Name}` to the export of that name in any package, even if the file does not import it. A name
 * that two modules export, or none, stays a broken link.
 */
export function linkAcrossPackages(project: ProjectReflection): void {
  const exported = namesOf(project)
  for (const reflection of Object.values(project.reflections))
    for (const part of partsOf(reflection.comment)) pointAtExport(part, exported)
}

function namesOf(project: ProjectReflection): ReadonlyMap<string, Reflection | undefined> {
  const exported = new Map<string, Reflection | undefined>()
  for (const reflection of project.getReflectionsByKind(ReflectionKind.SomeExport)) {
    const { name, parent } = reflection
    if (!parent?.kindOf(ReflectionKind.Module)) continue
    exported.set(name, exported.has(name) ? undefined : reflection)
  }
  return exported
}

function partsOf(comment: Comment | undefined): readonly CommentDisplayPart[] {
  if (comment === undefined) return []
  return [...comment.summary, ...comment.blockTags.flatMap(({ content }) => content)]
}

function pointAtExport(
  part: CommentDisplayPart,
  exported: ReadonlyMap<string, Reflection | undefined>,
): void {
  if (part.kind !== 'inline-tag' || part.tag !== '@link' || part.target !== undefined) return
  const found = exported.get(part.text.trim())
  if (found !== undefined) part.target = found
}

/** Names each module by its specifier, and adds its introduction. */
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
