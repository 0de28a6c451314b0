import { type HealthFinding, healthy } from '../../health.ts'
import { Problem } from '../../problem.ts'
import type { S3Address } from './s3-address.ts'
import type { S3Blobs } from './s3-blobs.ts'

const loopback = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/

/** Whether blobs can be read from a bucket, with cause and remedy where not; a warning where they go unencrypted. */
export async function s3Health(blobs: S3Blobs, address: S3Address): Promise<HealthFinding> {
  const { bucket, endpoint } = address
  try {
    await blobs.probe()
  } catch (error) {
    return failed(error, address)
  }
  if (endpoint.protocol === 'https:' || loopback.test(endpoint.hostname))
    return healthy(`Kho tệp ${bucket} trả lời`, `The file store ${bucket} answers`)
  return {
    state: 'warn',
    cause: {
      vi: `Tệp đi tới ${endpoint.host} không được mã hóa`,
      en: `Files go to ${endpoint.host} unencrypted`,
    },
    remedy: {
      vi: 'Dùng https:// trong endpoint của blobs.url',
      en: 'Write https:// into the endpoint of blobs.url',
    },
  }
}

function failed(error: unknown, { bucket, endpoint }: S3Address): HealthFinding {
  const words = error instanceof Error ? error.message : String(error)
  const [told] = error instanceof Problem ? error.errors : []
  return {
    state: 'fail',
    cause: {
      vi: `Kho tệp ${bucket} ở ${endpoint.host} không dùng được: ${told?.cause ?? words}`,
      en: `The file store ${bucket} at ${endpoint.host} cannot be used: ${told?.cause ?? words}`,
    },
    remedy: {
      vi: `Xem ${told?.field ?? 'blobs.url'}: ${told?.remedy ?? 'mạng tới kho tệp và dịch vụ của kho; có lại là nút tự chạy tiếp'}`,
      en: `See ${told?.field ?? 'blobs.url'}: ${told?.remedy ?? 'the network to the file store, and its service; with it back the node goes on by itself'}`,
    },
  }
}
