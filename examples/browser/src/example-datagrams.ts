/** A short session as hex: a login, a command, an answer, a message, its acknowledgement, and what is no packet. */
export const EXAMPLE_DATAGRAMS = `42 45 cd 3b 6d 15 ff 00 68 75 6e 74 65 72 32
42 45 69 dd de 36 ff 00 01
42 45 5e 04 15 cb ff 01 07 73 61 79 20 2d 31 20 d0 bf d1 80 d0 b8 d0 b2 d0 b5 d1 82
42 45 be dc c2 58 ff 01 00
42 45 cd d8 0d c3 ff 01 09 00 03 01 61 62 63
42 45 3f b0 20 26 ff 02 c8 43 6f 6e 6e 65 63 74 65 64 20 74 6f 20 42 45 20 4d 61 73 74 65 72
42 45 ff c5 50 e6 ff 02 c8
42 45 69 dd de 37 ff 00 01
`
