import type { DefaultTheme } from 'vitepress'

/** The sources of the pages: files of the repository, each with its path on the site. Other files are not pages. */
const PLACES: readonly (readonly [source: RegExp, page: string])[] = [
  [/^docs\/(.+)\.md$/, '$1.md'],
  [/^packages\/([a-z]+)\/README\.md$/, 'packages/$1.md'],
  [/^tools\/site\/api\/README\.md$/, 'api/index.md'],
  [/^tools\/site\/api\/@bercon\/(.+)\/README\.md$/, 'api/$1/index.md'],
  [/^tools\/site\/api\/@bercon\/(.+)\.md$/, 'api/$1.md'],
  [/^(ARCHITECTURE|CONTRIBUTING|SECURITY)\.md$/, '$1.md'],
]

/** The page of a file of the repository, by its path: `packages/core.md` for `packages/core/README.md`. */
export function pageOf(source: string): string | undefined {
  for (const [pattern, page] of PLACES)
    if (pattern.test(source)) return source.replace(pattern, page).replace(/^[A-Z]+\.md$/, lowered)
  return undefined
}

function lowered(name: string): string {
  return name.toLowerCase()
}

/** The pages in reading order for a newcomer. */
export const SIDEBAR: DefaultTheme.Sidebar = [
  {
    text: 'Start',
    items: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'The client', link: '/client' },
      { text: 'Choose a package', link: '/layers' },
      { text: 'The gateway', link: '/gateway' },
      { text: 'From berconpy', link: '/from-berconpy' },
      { text: 'From battleye', link: '/from-battleye' },
    ],
  },
  {
    text: 'Recipes',
    items: [
      { text: 'Discord bridge', link: '/recipes/discord-bridge' },
      { text: 'Restart with countdown', link: '/recipes/restart-countdown' },
      { text: 'Allow-list', link: '/recipes/whitelist' },
      { text: 'Chat commands', link: '/recipes/chat-commands' },
      { text: 'Bans on several servers', link: '/recipes/ban-sync' },
    ],
  },
  {
    text: 'In depth',
    items: [
      { text: 'Reliability', link: '/reliability' },
      { text: 'Events', link: '/events' },
      { text: 'Errors', link: '/errors' },
      { text: 'Glossary', link: '/glossary' },
      { text: 'States', link: '/states' },
      { text: 'Protocol rules', link: '/protocol-rules' },
      { text: 'Security', link: '/security' },
      { text: 'Verification', link: '/verification' },
      { text: 'Conformance', link: '/conformance' },
      { text: 'Captures', link: '/captures' },
      { text: 'Comparison', link: '/comparison' },
      { text: 'Performance', link: '/performance' },
      { text: 'The fleet', link: '/fleet' },
      { text: 'Scale', link: '/scale' },
    ],
  },
  {
    text: 'Packages',
    collapsed: true,
    items: [
      'protocol',
      'core',
      'client',
      'rx',
      'sync',
      'remote',
      'metrics',
      'fleet',
      'arma',
      'reforger',
      'server',
      'simulator',
      'conformance',
      'gateway',
      'cli',
    ].map((name) => ({
      text: `@bercon/${name}`,
      link: `/packages/${name}`,
    })),
  },
  {
    text: 'API reference',
    collapsed: true,
    items: [
      'protocol',
      'protocol/driver',
      'protocol/link',
      'protocol/testing',
      'core',
      'core/capture',
      'core/kit',
      'core/testing',
      'core/visible-text',
      'client',
      'rx',
      'sync',
      'remote',
      'remote/testing',
      'remote/wire',
      'metrics',
      'fleet',
      'fleet/nats',
      'arma',
      'reforger',
      'server',
      'server/kit',
      'simulator',
      'conformance',
      'gateway',
    ].map((name) => ({ text: `@bercon/${name}`, link: `/api/${name}/` })),
  },
  {
    text: 'Working on bercon',
    items: [
      { text: 'Architecture', link: '/architecture' },
      { text: 'Contributing', link: '/contributing' },
      { text: 'Decisions', link: '/decisions' },
    ],
  },
]
