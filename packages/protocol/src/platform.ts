/** What this package needs of a platform beyond the language, described structurally: it compiles without one. */
interface Decoder {
  decode(bytes: Uint8Array): string
}

interface Encoder {
  encode(text: string): Uint8Array
  encodeInto(text: string, bytes: Uint8Array): { readonly written: number }
}

interface Platform {
  readonly TextDecoder: new (
    label: string,
    options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
  ) => Decoder
  readonly TextEncoder: new () => Encoder
}

const platform = globalThis as unknown as Platform

/** Throws at the first byte that is not UTF-8; keeps a byte order mark, which in a name is a character like others. */
export const strictUtf8: Decoder = /* @__PURE__ */ new platform.TextDecoder('utf-8', {
  fatal: true,
  ignoreBOM: true,
})

export const utf8: Encoder = /* @__PURE__ */ new platform.TextEncoder()
