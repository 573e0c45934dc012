import { join } from 'node:path'
import { expect, it } from 'vitest'
import { namesText, publicNames } from './public-names.js'
import { publishedPackages } from './workspace.js'

// A name that appears or goes is a promise made or broken: `vitest run tools/checks -u` writes the files anew where it is
// meant, and their difference is looked over with the change.
const packages = [...publishedPackages().values()].filter(({ entries }) => entries.length > 0)

it.each(packages.map((found) => [found.name, found] as const))(
  '%s exports what its public-names.md says, no more and no less',
  async (_name, found) => {
    const text = namesText(found.name, await publicNames(found))
    await expect(text).toMatchFileSnapshot(join(found.folder, 'public-names.md'))
  },
)
