import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { JoinReply } from '@haidang/contracts/link'
import type { Clock } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import { pinnedAuthority } from '../child/authority-pin.ts'
import { ParentClient } from '../child/parent-client.ts'
import { Refusal } from '../child/refusal.ts'
import { Signer } from '../envelopes/signer.ts'
import { readJoinCode } from '../join-code.ts'
import { certificateRequest } from '../keys/certificates.ts'
import { tlsKey } from '../keys/key-pair.ts'
import { organisationKey } from '../keys/organisation-key.ts'
import type { ConformanceTarget } from './conformance-target.ts'

interface JoinProbeOptions {
  /** A join code of the parent to be tested. */
  readonly code: string
  /** Where the kit keeps its keys; the same directory again is the same child. */
  readonly directory: string
  readonly nodeId: string
  /** Address of this host to dial from; the system's choice unless told. */
  readonly localAddress?: string
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Called once: an officer of the parent must now approve the kit, whose key has this fingerprint. */
  waiting(fingerprint: string): void
}

/**
 * Joins a parent as any child would and waits for approval; the result is what `conformanceReport` takes.
 * Throws the Problems of joining, or Problem join.code-wrong with the reason of a rejection.
 */
export async function joinAsProbe(options: JoinProbeOptions): Promise<ConformanceTarget> {
  const { clock, directory, nodeId, code, localAddress } = options
  const { url, authority: digest, secret } = readJoinCode(code)
  const authority = await pinnedAuthority(url, digest)
  const key = await tlsKey(join(directory, 'station-key.pem'))
  const signer = new Signer(await organisationKey(directory))
  const client = new ParentClient({ url, authority, clock, localAddress })
  try {
    const request = {
      code: Buffer.from(secret).toString('base64url'),
      csr: await certificateRequest(key.pair, nodeId),
      declaration: declarationOf(nodeId, signer.key.x),
    }
    const call = { method: 'POST', path: '/link/v1/join' } as const
    const asked = JoinReply.parse(await client.json(call, request))
    options.waiting(key.fingerprint)
    const reply = await decided(client, asked, options.signal)
    return {
      url,
      authority,
      signer,
      clock,
      node_id: nodeId,
      identity: { key: key.pem, certificate: reply.certificate },
      organisation_id: reply.organisation_id,
      parent_organisation_id: reply.parent.organisation_id,
    }
  } catch (error) {
    throw error instanceof Refusal ? error.asProblem() : error
  } finally {
    client.close()
  }
}

async function decided(client: ParentClient, asked: JoinReply, signal: AbortSignal) {
  let reply = asked
  while (reply.state === 'pending') {
    const { ticket, retry_after_seconds } = reply
    await pause(Math.min(retry_after_seconds, 60) * 1000, undefined, { signal })
    const headers = { authorization: `Bearer ${ticket}` }
    const call = { method: 'GET', path: '/link/v1/join', headers } as const
    reply = JoinReply.parse(await client.json(call))
  }
  if (reply.state === 'rejected') throw new Problem('join.code-wrong', reply.reason)
  return reply
}

function declarationOf(node_id: string, signing_key: string) {
  return {
    node_id,
    signing_key,
    name: 'Conformance kit',
    organisation_code: '',
    organisation_name: '',
    software: 'Hai Dang conformance kit',
    capabilities: [],
    location: '',
    contact: '',
    simulated: true,
  }
}
