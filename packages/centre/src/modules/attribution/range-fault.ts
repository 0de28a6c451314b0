import { type Label, label } from '@haidang/contracts/label'
import type { Language } from '@haidang/contracts/person'
import type { Problem } from '@haidang/runtime/problem'

interface FaultWords {
  readonly cause: Label
  readonly remedy: Label
}

const example = label('ví dụ example.vn', 'as example.vn')

/** Why a text or its days make no range, and what to write instead. */
export const rangeFaults = {
  'too-long': {
    cause: label('quá dài', 'too long'),
    remedy: label('nhiều nhất 2.048 ký tự', 'at most 2,048 characters'),
  },
  'no-url': {
    cause: label('không phải địa chỉ trang web', 'not a web address'),
    remedy: label('ví dụ https://cong.example.vn/dich-vu/', 'as https://cong.example.vn/dich-vu/'),
  },
  'no-network': {
    cause: label('không phải mạng', 'not a network'),
    remedy: label('ví dụ 203.0.113.0/24 hoặc 2001:db8::/32', 'as 203.0.113.0/24 or 2001:db8::/32'),
  },
  'too-wide': {
    cause: label('rộng hơn mức một đơn vị có thể có', 'wider than anybody owns'),
    remedy: label('IPv4 từ /8, IPv6 từ /16', 'at least /8 of IPv4, /16 of IPv6'),
  },
  'host-bits': {
    cause: label(
      'địa chỉ có bit nằm ngoài độ dài của mạng',
      'the address has bits beyond the length of the network',
    ),
    remedy: label('', ''),
  },
  'no-range': {
    cause: label(
      'không phải mạng, tên miền, URL hay số hiệu mạng',
      'neither network, domain, URL nor AS number',
    ),
    remedy: example,
  },
  'top-level': {
    cause: label(
      'tên miền cấp cao nhất không thuộc về ai ở đây',
      'a top-level domain belongs to nobody here',
    ),
    remedy: example,
  },
  repeated: {
    cause: label('dải này đã nêu ở trên', 'the same range stands before'),
    remedy: label('chỉ nêu một lần', 'name it once'),
  },
  days: {
    cause: label(
      'ngày cuối trước ngày đầu, hoặc ngoài khoảng 1970 đến 2105',
      'the last day lies before the first, or outside of 1970 to 2105',
    ),
    remedy: label(
      'ngày cuối từ ngày đầu trở đi, hoặc để trống',
      'a last day on or after the first, or none',
    ),
  },
  'taken-by-known': {
    cause: label('đang thuộc về', 'belongs at that time to'),
    remedy: label('đặt ngày cuối ở hệ thống đó trước', 'end it there first'),
  },
  'taken-by-unknown': {
    cause: label('lúc đó thuộc về hệ thống khác', 'belongs at that time to another system'),
    remedy: label('báo cơ quan điều phối', 'put it to the coordinator'),
  },
} as const satisfies Readonly<Record<string, FaultWords>>

/** Why a text names no range; `meant`: what it most likely should be. */
export interface RangeFault {
  readonly fault: keyof typeof rangeFaults
  readonly meant?: string
}

/** A fault at a field, in words. */
export function told(
  field: string,
  { fault, meant }: RangeFault,
  language: Language,
): Problem['errors'][number] {
  const { cause, remedy } = rangeFaults[fault]
  return { field, cause: cause[language], remedy: meant ?? remedy[language] }
}
