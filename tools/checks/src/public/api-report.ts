import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import type { Entry, PublishedPackage } from '../workspace.js'

/** API Extractor's compiler reads only declarations, so the strictness of the sources does not matter. */
const COMPILER = {
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  skipLibCheck: true,
  types: ['node'],
}

const SILENT = { default: { logLevel: ExtractorLogLevel.None } }

/** The exports of each entry point of the built packages, with signatures, by specifier, as TypeScript. */
export function apiReports(packages: readonly PublishedPackage[]): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'bercon-api-'))
  const all = packages.flatMap((found) => found.entries.map((entry) => ({ found, entry })))
  const configs = all.map(({ found, entry }) => configOf(found, entry, folder))
  const [first] = configs
  if (first === undefined) return new Map()
  // One program for all, because reading the libraries takes most of the time.
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
  })
  const reports = configs.map((config, index) => {
    const specifier = all[index]?.entry.specifier ?? ''
    const { succeeded } = Extractor.invoke(config, {
      compilerState,
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true
      },
    })
    if (!succeeded) throw new Error(`the declarations of ${specifier} cannot be read`)
    return [specifier, withoutRemarks(readFileSync(config.reportFilePath, 'utf8'))] as const
  })
  rmSync(folder, { recursive: true })
  return new Map(reports)
}

function configOf({ folder, name }: PublishedPackage, entry: Entry, reportFolder: string): ExtractorConfig {
  const types = join(folder, entry.types)
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: types,
      compiler: { overrideTsconfig: { compilerOptions: COMPILER, files: [types] } },
      apiReport: {
        enabled: true,
        reportFolder,
        reportTempFolder: join(reportFolder, 'new'),
        reportFileName: entry.specifier.replace(/\W+/g, '-'),
      },
      newlineKind: 'lf',
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: SILENT,
        extractorMessageReporting: SILENT,
        tsdocMessageReporting: SILENT,
      },
    },
    configObjectFullPath: undefined,
    packageJson: { name },
    packageJsonFullPath: join(folder, 'package.json'),
  })
}

/** Only the declarations. The API reference finds missing docstrings; imports are not needed. */
function withoutRemarks(report: string): string {
  const [, code = ''] = /^```ts\n(.*?)^```$/ms.exec(report) ?? []
  const declarations = code.replace(/^(?: *\/\/|\/\/\/|import ).*\n/gm, '').replace(/\n{3,}/g, '\n\n')
  return declarations.trim()
}
