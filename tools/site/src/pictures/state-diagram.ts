/** A table of legal moves: for each state, where each move leads. */
export type Moves = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The states and moves of a table in Graphviz's language, from left to right or, for narrow screens, downwards. */
export function stateDiagram(moves: Moves, layout: 'wide' | 'narrow' = 'wide'): string {
  const states = Object.entries(moves)
  return [
    'digraph {',
    layout === 'wide' ? '  rankdir=LR; nodesep=0.3; ranksep=0.3' : '  rankdir=TB; nodesep=0.05; ranksep=0.5',
    '  node [shape=box style=rounded fontname=Helvetica fontsize=13 height=0.4 margin="0.08,0.06"]',
    '  edge [fontname=Helvetica fontsize=12 arrowsize=0.7]',
    ...states.map(([state, out]) => `  ${quoted(state)}${isFinal(out) ? ' [class=final]' : ''}`),
    ...states.flatMap(([state, out]) =>
      Object.entries(out).map(
        ([move, next]) => `  ${quoted(state)} -> ${quoted(next)} [label=${quoted(` ${move} `)}]`,
      ),
    ),
    '}',
  ].join('\n')
}

function isFinal(out: Moves[string]): boolean {
  return Object.keys(out).length === 0
}

function quoted(text: string): string {
  return `"${text}"`
}
