import type { JsonObject } from '../parse/json.ts'
import type { Draft } from './draft.ts'
import { statusOf, type Verdict } from './firewall.ts'

const tcp = 6
const udp = 17
const fin = 0x01
const syn = 0x02
const rst = 0x04
/** Of FIN, SYN, RST, PSH, ACK and URG. */
const handshakeFlags = 0x3f
const firstClientPort = 1024

/** OCSF Network Activity: 1 open, 2 close, 3 reset, 4 fail, 5 refuse, 6 traffic. */
export function flowAbout(
  flow: JsonObject,
): Pick<Draft, 'class' | 'activity' | 'severity' | 'status'> {
  const verdict = flowVerdict(flow)
  const unanswered = verdict !== 'blocked' && isUnanswered(flow)
  return {
    class: 'network_activity',
    activity: verdict === 'blocked' ? 5 : unanswered ? 4 : activityOf(flow),
    severity: verdict === 'blocked' ? 2 : 1,
    status: unanswered ? 'failure' : statusOf(verdict),
  }
}

/** What was done with the flow, if it says so: by a firewall's event or how it was forwarded (RFC 7270). */
export function flowVerdict({ firewallEvent, forwardingStatus }: JsonObject): Verdict | undefined {
  if (firewallEvent === 3) return 'blocked'
  if (typeof forwardingStatus === 'number' && forwardingStatus >> 6 === 2) return 'blocked'
  const isSaid = typeof firewallEvent === 'number' && firewallEvent > 0
  const isForwarded = typeof forwardingStatus === 'number' && forwardingStatus >> 6 === 1
  return isSaid || isForwarded ? 'allowed' : undefined
}

/**
 * What a record tells of a connection if it is not what the asking side sent, or both: what the server sent
 * back, told by its port, or a single packet.
 */
export function flowPart(flow: JsonObject): 'reply' | 'packet' | undefined {
  if (flow['flowProtocol'] === 'sflow5') return 'packet'
  const { protocolIdentifier: protocol, sourceTransportPort: from } = flow
  const to = flow['destinationTransportPort']
  if ((protocol !== tcp && protocol !== udp) || tellsBoth(flow)) return undefined
  if (typeof from !== 'number' || typeof to !== 'number') return undefined
  return from > 0 && from < firstClientPort && to >= firstClientPort ? 'reply' : undefined
}

/** RFC 5103, and Cisco's records of firewalls. */
function tellsBoth(flow: JsonObject): boolean {
  return 'reverseOctetDeltaCount' in flow || 'responderOctets' in flow
}

/** TCP that never came further than asking; where packets are sampled the rest may just not have been seen. */
function isUnanswered(flow: JsonObject): boolean {
  const { protocolIdentifier, tcpControlBits: flags, samplingInterval } = flow
  if (protocolIdentifier !== tcp || typeof flags !== 'number' || tellsBoth(flow)) return false
  return samplingInterval === undefined && (flags & handshakeFlags) === syn
}

function activityOf({ tcpControlBits: flags, firewallEvent: event, flowProtocol }: JsonObject) {
  if (event === 1 || event === 2) return event
  // Flags of one packet end nothing that is known.
  if (typeof flags !== 'number' || flowProtocol === 'sflow5') return 6
  if (flags & rst) return 3
  return flags & fin ? 2 : 6
}
