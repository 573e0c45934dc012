import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { ROOT } from '../workspace.js'

/** What of a package comes into the bundle of a user who imports it. */
export interface Bundle {
  readonly minifiedBytes: number
  readonly gzippedBytes: number
  /** The files of which something is in it, relative to the repository. */
  readonly files: readonly string[]
}

/** Bundles the names, or all of them, as for a browser; what is Node's own or a peer's stays outside. */
export async function bundle(specifier: string, names: readonly string[] | 'everything'): Promise<Bundle> {
  const what = names === 'everything' ? '*' : `{ ${names.join(', ')} }`
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export ${what} from '${specifier}'`,
      resolveDir: join(ROOT, 'packages', specifier.replace('@bercon/', '')),
    },
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2023',
    external: ['node:*', 'rxjs'],
    legalComments: 'none',
    write: false,
    metafile: true,
  })
  const [output] = Object.values(metafile.outputs)
  const [file] = outputFiles
  if (output === undefined || file === undefined) throw new Error(`nothing came of ${specifier}`)
  return {
    minifiedBytes: file.contents.length,
    gzippedBytes: gzipSync(file.contents, { level: 9 }).length,
    files: Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [path] : [],
    ),
  }
}
