import type { Language } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { useWords } from '../language/use-words.ts'
import { Refusal, Unreachable } from './send.ts'

export interface Description {
  readonly title: string
  readonly detail: string
  readonly id: string
}

/** An error in words a person can act on: what happened, why, and the identifier that is in the log. */
export function useDescribe(): (error: unknown) => Description {
  const { t } = useLingui()
  const { language } = useWords()
  return useMemo(
    () => (error) => {
      if (error instanceof Refusal) {
        const { retryAfter, status, id } = error
        return {
          title: titleOf(error, language) || t`Máy chủ trả lời ${status}`,
          detail: retryAfter === undefined ? detailOf(error) : t`Thử lại sau ${retryAfter} giây.`,
          id,
        }
      }
      if (error instanceof Unreachable) {
        return {
          title: t`Không kết nối được với nút`,
          detail: t`Kiểm tra mạng hoặc xem nút còn chạy không, rồi thử lại.`,
          id: '',
        }
      }
      return {
        title: t`Câu trả lời của nút không đọc được`,
        detail: t`Trang và nút có thể khác phiên bản. Tải lại trang.`,
        id: '',
      }
    },
    [t, language],
  )
}

function titleOf({ titleVi, titleEn }: Refusal, language: Language): string {
  return language === 'vi' ? titleVi : titleEn
}

/** Without a word of its own, a refusal repeats its English title as detail. */
function detailOf({ detail, titleEn }: Refusal): string {
  return detail === titleEn ? '' : detail
}
