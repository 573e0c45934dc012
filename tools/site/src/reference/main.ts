import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Application, Converter, PageEvent } from 'typedoc'
import { load } from 'typedoc-plugin-markdown'
import { entryPoints, LAYERS } from './entry-points.js'
import { withoutInheritance } from './plain-pages.js'
import { linkAcrossPackages, nameModules } from './project.js'

const ROOT = new URL('../../../', import.meta.url)
const OUT = fileURLToPath(new URL('../api', import.meta.url))

const MARKDOWN = {
  router: 'member',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  sanitizeComments: true,
  useHTMLAnchors: true,
  useHTMLEncodedBrackets: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  indexFormat: 'table',
  pageTitleTemplates: { member: ({ name }: { name: string }) => name },
}

async function main(): Promise<void> {
  const points = entryPoints(ROOT, LAYERS)
  const app = await Application.bootstrapWithPlugins({
    plugin: [load],
    entryPoints: points.map(({ source }) => fileURLToPath(new URL(source, ROOT))),
    sortEntryPoints: false,
    tsconfig: fileURLToPath(new URL('../tsconfig.packages.json', import.meta.url)),
    // The compiler has already checked them.
    skipErrorChecking: true,
    name: 'API reference',
    readme: 'none',
    outputs: [{ name: 'markdown', path: OUT }],
    excludeReferences: true,
    excludeExternals: true,
    excludePrivate: true,
    excludeInternal: true,
    disableSources: true,
    groupOrder: ['Functions', 'Classes', 'Methods', 'Accessors', 'Properties', 'Constructors', '*'],
    validation: { notDocumented: true },
    // The name and type of a property are enough without a comment.
    requiredToBeDocumented: ['Class', 'Interface', 'TypeAlias', 'Variable', 'Function', 'Method', 'Accessor'],
    packagesRequiringDocumentation: LAYERS.map((folder) => `@bercon/${folder}`),
    ...MARKDOWN,
  })
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    nameModules(project, points)
    linkAcrossPackages(project)
  })
  app.renderer.on(PageEvent.END, (page) => {
    page.contents = withoutInheritance(page.contents ?? '')
  })
  const project = await app.convert()
  if (project === undefined) throw new Error('The sources could not be read.')
  app.validate(project)
  rmSync(OUT, { recursive: true, force: true })
  await app.generateOutputs(project)
  if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1
}

await main()
