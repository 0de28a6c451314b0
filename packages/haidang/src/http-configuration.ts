import { z } from 'zod'

/** Where the portal and the API listen, and how often one may call. */
export const HttpConfiguration = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65535).default(8080),
  public_url: z.url().optional().describe('address people use, when a proxy stands in front'),
  calls_per_second: z
    .number()
    .min(1)
    .max(100_000)
    .default(100)
    .describe('of one person or key, on average; what is beyond is answered 429'),
  calls_at_once: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(2000)
    .describe('of one person or key, before the average counts'),
})

/** What everybody may read without signing in. */
export const PublicConfiguration = z.strictObject({
  advisories: z
    .boolean()
    .default(false)
    .describe(
      'advisories of TLP:CLEAR: the page /public-advisories, and as CSAF 2.0 below /.well-known/csaf where http.public_url is set',
    ),
})
