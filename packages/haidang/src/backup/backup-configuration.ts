import { isRecoveryPublicKey } from '@haidang/runtime/backup/backup-key'
import { readS3Address } from '@haidang/runtime/blobs/s3/s3-address'
import { z } from 'zod'

/** Where backups of this node go, how often, and who can open them. */
export const BackupConfiguration = z
  .strictObject({
    directory: z
      .string()
      .min(1)
      .optional()
      .describe('directory for backups, on another disk or machine; default: none are made'),
    url: z
      .string()
      .optional()
      .describe('s3://bucket/prefix?endpoint=…&region=… instead of a directory'),
    access_key: z.string().min(1).max(128).optional().describe('key of the bucket for backups'),
    secret_key: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .describe('what belongs to access_key; better as secret_key_file'),
    authority: z.string().min(1).optional().describe('PEM file of certificates trusted for url'),
    every_hours: z
      .int()
      .min(1)
      .max(720)
      .default(24)
      .describe('how often a backup is made by itself'),
    late_hours: z
      .int()
      .min(1)
      .max(8784)
      .optional()
      .describe('age of the last backup at which health fails; default: three times every_hours'),
    keep: z.int().min(1).max(1000).default(14).describe('backups that are kept, the newest'),
    recipient: z
      .string()
      .refine(isRecoveryPublicKey, 'the public half that `haidang backup key` printed')
      .optional()
      .describe('public recovery key backups are encrypted to; its private half opens them'),
    passphrase: z
      .string()
      .min(16)
      .max(1000)
      .optional()
      .describe('opens backups, instead of or beside recipient; better as passphrase_file'),
  })
  .superRefine((backup, context) => {
    const { directory, url, access_key, secret_key, recipient, passphrase } = backup
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (directory === undefined && url === undefined) return
    if (directory !== undefined && url !== undefined)
      fault('url', 'stands beside directory: one place')
    if (recipient === undefined && passphrase === undefined)
      fault('recipient', 'is missing: nobody could open the backups (`haidang backup key`)')
    if (url === undefined) return
    if (access_key === undefined) fault('access_key', 'is missing beside backup.url')
    if (secret_key === undefined) fault('secret_key', 'is missing beside backup.url')
    try {
      readS3Address(url)
    } catch (error) {
      fault('url', error instanceof Error ? error.message : String(error))
    }
  })
export type BackupConfiguration = z.infer<typeof BackupConfiguration>
