import { problems } from '@haidang/contracts/problems'
import type { HecFault } from './hec-events.ts'

/** An answer of the HTTP Event Collector: status of HTTP, and text and code of the protocol. */
export interface HecReply {
  readonly status: number
  readonly text: string
  readonly code: number
}

/** The protocol's answers by name, after Splunk's "Troubleshoot HTTP Event Collector". */
export const hecReplies = {
  success: { status: 200, text: 'Success', code: 0 },
  'token-required': { status: 401, text: 'Token is required', code: 2 },
  'invalid-authorization': { status: 401, text: 'Invalid authorization', code: 3 },
  'invalid-token': { status: 403, text: 'Invalid token', code: 4 },
  'no-data': { status: 400, text: 'No data', code: 5 },
  'invalid-format': { status: 400, text: 'Invalid data format', code: 6 },
  failure: { status: 500, text: 'Internal server error', code: 8 },
  busy: { status: 503, text: 'Server is busy', code: 9 },
  'channel-missing': { status: 400, text: 'Data channel is missing', code: 10 },
  'channel-invalid': { status: 400, text: 'Invalid data channel', code: 11 },
  'event-required': { status: 400, text: 'Event field is required', code: 12 },
  'event-blank': { status: 400, text: 'Event field cannot be blank', code: 13 },
  'fields-invalid': { status: 400, text: 'Error in handling indexed fields', code: 15 },
  healthy: { status: 200, text: 'HEC is healthy', code: 17 },
  unhealthy: { status: 503, text: 'HEC is unhealthy, queues are full', code: 18 },
  'not-found': { status: 404, text: 'The requested URL was not found on this server.', code: 404 },
  'too-large': { status: 413, text: 'The request is too large', code: 6 },
} as const satisfies Record<string, HecReply>
export type HecReplyName = keyof typeof hecReplies | HecFault['fault']

/** Which answer stands for a refusal of ours. */
export function replyFor(code: string, status: number): HecReplyName {
  if (code === 'source.token-wrong') return 'invalid-token'
  if (status === 429) return 'busy'
  if (status === problems['request.too-large'].status) return 'too-large'
  if (status === problems['request.not-found'].status) return 'not-found'
  return status < 500 ? 'invalid-format' : 'failure'
}
