import { readS3Address } from '@haidang/runtime/blobs/s3/s3-address'
import { z } from 'zod'

const Url = z.string().superRefine((text, context) => {
  try {
    readS3Address(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : '' })
  }
})

/** Where evidence, large rejects and archived events lie when not on this machine. */
export const BlobsConfiguration = z
  .strictObject({
    url: Url.optional().describe(
      's3://bucket/prefix?endpoint=https://host:port&region=name&style=path; default: DATA/blobs and DATA/archive',
    ),
    access_key: z
      .string()
      .regex(/^[\x21-\x7e]{1,128}$/)
      .optional()
      .describe('the name of the key the file store issued'),
    secret_key: z
      .string()
      .regex(/^[\x21-\x7e]{1,256}$/)
      .optional()
      .describe('what belongs to access_key; better as secret_key_file'),
    authority: z
      .string()
      .min(1)
      .optional()
      .describe(
        'PEM file of certificates trusted for the file store, instead of those of the system',
      ),
  })
  .superRefine(({ url, access_key, secret_key }, context) => {
    if (url === undefined) return
    for (const [key, value] of Object.entries({ access_key, secret_key }))
      if (value === undefined)
        context.addIssue({ code: 'custom', path: [key], message: 'is missing beside blobs.url' })
  })
