import { expect, it } from 'vitest'
import { withoutInheritance } from './plain-pages.js'

it('removes the origin of a member, and keeps the member after it', () => {
  const page = [
    '# Client',
    '## Extends',
    '- `Base`',
    '## Methods',
    '<a id="kick"></a>',
    '### kick()',
    '#### Inherited from',
    '`Base.kick`',
    '***',
    '<a id="send"></a>',
    '### send()',
    '#### Overrides',
    '`Base.send`',
    '## Properties',
  ].join('\n')
  expect(withoutInheritance(page).split('\n')).toEqual([
    '# Client',
    '## Methods',
    '<a id="kick"></a>',
    '### kick()',
    '***',
    '<a id="send"></a>',
    '### send()',
    '## Properties',
  ])
})

it('keeps code that looks like such a section', () => {
  const page = '# A\n\n```md\n## Extends\nb\n```\n\nc'
  expect(withoutInheritance(page)).toBe(page)
})
