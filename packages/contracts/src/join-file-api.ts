import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { JoinAnswerFile, JoinRequestFile } from './join-file.ts'
import { ParentLink, Station } from './station.ts'

/** As it stood in the file: members a newer node wrote are part of what it signed. */
const file = z.record(z.string(), z.unknown())

export const joinFileApi = {
  ask: endpoint({
    method: 'POST',
    path: '/api/v1/parent/join-request',
    permission: 'station.manage',
    summary: 'Write a request to join a parent, to be carried there by hand',
    body: z.object({
      location: z.string().max(300).default(''),
      contact: z.string().max(300).default(''),
    }),
    reply: z.object({
      file: JoinRequestFile,
      fingerprint: z.string().describe('of the key asked for, to compare by telephone'),
    }),
  }),
  apply: endpoint({
    method: 'POST',
    path: '/api/v1/parent/join-answer',
    permission: 'station.manage',
    summary: 'Take in the parent’s answer: from here on this node connects',
    body: z.object({
      file,
      authority: z
        .string()
        .trim()
        .min(64)
        .max(200)
        .describe('fingerprint of the parent’s authority, as the parent read it out'),
    }),
    reply: ParentLink,
  }),
  receive: endpoint({
    method: 'POST',
    path: '/api/v1/join-requests',
    permission: 'station.manage',
    summary: 'Take in a station’s request file; it then waits for approval',
    body: z.object({ organisation_id: idOf('organisation'), file }),
    reply: Station,
  }),
  answer: endpoint({
    method: 'GET',
    path: '/api/v1/stations/:id/join-answer',
    permission: 'station.manage',
    summary: 'The answer file of an approved station that asked by file',
    params: z.object({ id: idOf('station') }),
    reply: z.object({
      file: JoinAnswerFile,
      authority: z.string().describe('fingerprint of the authority, to be read out by telephone'),
    }),
  }),
}
