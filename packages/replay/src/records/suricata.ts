import { instantOf } from '@haidang/contracts/instant'

interface Flow {
  readonly time: number
  readonly from: string
  readonly fromPort: number
  readonly to: string
  readonly toPort: number
}

export interface SuricataAlert extends Flow {
  readonly sid: number
  readonly signature: string
  readonly category: string
  /** 1 is the gravest. */
  readonly severity: 1 | 2 | 3
  readonly technique: string
}

/** An alert as Suricata writes it to eve.json. Signatures are invented and say so by their prefix. */
export function suricataAlert(alert: SuricataAlert): string {
  return JSON.stringify({
    ...common(alert, 'alert'),
    alert: {
      action: 'allowed',
      gid: 1,
      signature_id: alert.sid,
      rev: 1,
      signature: `MP ${alert.signature}`,
      category: alert.category,
      severity: alert.severity,
      metadata: { mitre_technique_id: [alert.technique] },
    },
  })
}

/** A finished flow as Suricata writes it to eve.json. */
export function suricataFlow(flow: Flow, bytes: number): string {
  return JSON.stringify({
    ...common(flow, 'flow'),
    flow: {
      pkts_toserver: 12,
      pkts_toclient: 14,
      bytes_toserver: Math.floor(bytes / 8),
      bytes_toclient: bytes,
      state: 'closed',
      reason: 'timeout',
      alerted: false,
    },
  })
}

function common(flow: Flow, event: string) {
  return {
    timestamp: instantOf(flow.time).replace('Z', '000+0000'),
    flow_id: flow.time * 1_000 + flow.fromPort,
    in_iface: 'eth1',
    event_type: event,
    src_ip: flow.from,
    src_port: flow.fromPort,
    dest_ip: flow.to,
    dest_port: flow.toPort,
    proto: 'TCP',
    simulated: true,
  }
}
