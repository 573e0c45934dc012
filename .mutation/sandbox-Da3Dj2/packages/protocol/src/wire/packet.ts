/** A client's packet: a login (P4), a command or keep-alive (P5, P7), or the acknowledgment of a message (P8). */
// @ts-nocheck

export type ClientPacket = {
  readonly type: 'login';
  readonly bytes: Uint8Array;
} | {
  readonly type: 'command';
  readonly sequence: number;
  readonly bytes: Uint8Array;
} | {
  readonly type: 'acknowledgement';
  readonly sequence: number;
};

/** A server's packet: the answer to a login (P4), a whole response or a part of one (P6), or a message (P8). */
export type ServerPacket = {
  readonly type: 'login';
  readonly accepted: boolean;
} | ResponsePacket | ResponsePartPacket | {
  readonly type: 'message';
  readonly sequence: number;
  readonly bytes: Uint8Array;
};

/** A reply that fits into one packet (P6). */
export interface ResponsePacket {
  readonly type: 'response';
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

/** One of `total` parts of a reply; `index` starts at 0 (P6). */
export interface ResponsePartPacket {
  readonly type: 'response-part';
  readonly sequence: number;
  readonly total: number;
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** Why a datagram is not a packet. */
export type Problem = 'too-short' | 'bad-magic' | 'bad-checksum' | 'bad-marker' | 'unknown-type' | 'truncated-packet' | 'bad-login-answer' | 'bad-part' | 'trailing-bytes';

/** A datagram that is not a packet. Invalid data from the network is a value, never an exception. */
export interface MalformedPacket {
  readonly type: 'malformed';
  readonly problem: Problem;
  /** Length of the whole datagram in bytes. */
  readonly length: number;
}

/** The longest datagram that UDP over IPv4 carries, in bytes. */
export const MAX_DATAGRAM_BYTES = 65_507;

/** Bytes before the packet's type: "BE", checksum, `0xFF` (P1). */
export const HEADER_BYTES = 7;

/** The type byte of a payload, the same in both directions (P3). */
export const TYPE = {
  login: 0,
  command: 1,
  message: 2
} as const;