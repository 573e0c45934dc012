// @ts-nocheck
import { createDialect } from '@bercon/reforger'

// For the thread of a blocking client: a dialect with the settings in the URL of this module.
const { href, searchParams } = new URL(import.meta.url)
const [rcon, completeAfterMs] = [searchParams.get('rcon'), Number(searchParams.get('completeAfterMs'))]

export const dialect = createDialect({ rcon, completeAfterMs, module: href })
