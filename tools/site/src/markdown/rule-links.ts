import type { MarkdownRenderer } from 'vitepress'

type CoreRule = Parameters<MarkdownRenderer['core']['ruler']['push']>[1]
type State = Parameters<CoreRule>[0]
type Token = State['tokens'][number]

const RULE = /\b(P[1-9]|W(?:1[0-6]|[1-9]))\b/

/** Links each number of a protocol rule, such as W7, to the rule, in guides and docstrings. */
export function ruleLinks(md: MarkdownRenderer): void {
  md.core.ruler.push('rule-links', (state) => {
    const { relativePath = '' } = state.env as { readonly relativePath?: string }
    // The page of the rules does not link to itself.
    if (relativePath.endsWith('protocol-rules.md')) return
    for (const [index, token] of state.tokens.entries()) {
      const isHeading = state.tokens[index - 1]?.type === 'heading_open'
      if (token.children !== null && !isHeading) token.children = linked(token.children, state)
    }
  })
}

function linked(tokens: readonly Token[], state: State): Token[] {
  let depth = 0
  return tokens.flatMap((token) => {
    if (token.type === 'link_open' || token.type === 'link_close') depth += token.nesting
    return token.type === 'text' && depth === 0 ? split(token, state) : [token]
  })
}

/** Splitting by a pattern with a group returns texts and rules in turn. */
function split(token: Token, { Token }: State): readonly Token[] {
  return token.content.split(RULE).flatMap((content, index) => {
    const text = new Token('text', '', 0)
    text.content = content
    if (index % 2 === 0) return content === '' ? [] : [text]
    const open = new Token('link_open', 'a', 1)
    open.attrSet('href', `/protocol-rules.html#${content.toLowerCase()}`)
    return [open, text, new Token('link_close', 'a', -1)]
  })
}
