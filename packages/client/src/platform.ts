import { type ClientPlatform, systemClock } from '@bercon/core/kit'
import { UdpTransport } from '#udp-transport'

/** UDP, where there is any, and the system clock. */
export const PLATFORM: ClientPlatform = { newTransport: () => new UdpTransport(), clock: systemClock }
