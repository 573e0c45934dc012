import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runWell } from '../ended-process.js'
import { ROOT } from '../workspace.js'

/** As strict as users are, with all published types looked into. Node 20 knows no `using`: es2022 does without. */
const COMPILER = { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: false }

/** Compiles files of a folder where they are. @throws with what the compiler says. */
export async function compile(folder: string, files: readonly string[], options: object): Promise<void> {
  if (files.length === 0) return
  const compilerOptions = { ...COMPILER, ...options }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  await runWell([join(ROOT, 'node_modules/.bin/tsc'), '-p', '.'], { cwd: folder })
}
