import { z } from 'zod'

/** One or more servers; names and passwords have keys of their own, so that addresses can be shown. */
const servers = /^(nats|tls):\/\/[^\s/@,]+(, ?(nats|tls):\/\/[^\s/@,]+)*$/
const ways = ['user', 'token', 'credentials', 'nkey_secret'] as const

/** Where records wait between intake and the line, if not on the disk of this node. */
export const BusConfiguration = z
  .strictObject({
    url: z
      .string()
      .max(2000)
      .regex(
        servers,
        'not nats://host:port, or several separated by commas, without user or password',
      )
      .optional()
      .describe('nats://host:4222 or tls://…, several separated by commas; default: spool on disk'),
    replicas: z
      .union([z.literal(1), z.literal(3), z.literal(5)])
      .optional()
      .describe('servers that keep each record; default: 3 in a cluster, 1 on a single server'),
    user: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    token: z.string().min(1).optional(),
    credentials: z
      .string()
      .min(1)
      .optional()
      .describe('text of a credentials file (JWT and seed); give it as credentials_file'),
    nkey_secret: z.string().min(1).optional().describe('seed of an NKEY'),
    tls: z
      .strictObject({
        authority: z
          .string()
          .optional()
          .describe('PEM file of who signed the certificate of the servers'),
        certificate: z.string().optional().describe('PEM file this node shows'),
        key: z.string().optional().describe('PEM file of its private key'),
      })
      .refine((tls) => (tls.certificate === undefined) === (tls.key === undefined), {
        path: ['key'],
        error: 'certificate and key are given together',
      })
      .prefault({}),
  })
  .refine((bus) => (bus.user === undefined) === (bus.password === undefined), {
    path: ['password'],
    error: 'user and password are given together',
  })
  .refine((bus) => ways.filter((way) => bus[way] !== undefined).length <= 1, {
    path: ['user'],
    error: 'one of user, token, credentials and nkey_secret is given',
  })
