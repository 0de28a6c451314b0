import type { Expert, ExpertDraft, Speciality } from '@haidang/contracts/expert'
import { foldVietnamese } from '@haidang/contracts/fold'
import type { Language } from '@haidang/contracts/person'
import { Problem } from '@haidang/runtime/problem'

/** The specialities in force: data with the clause. */
export interface Competence {
  readonly profile: string
  readonly specialities: Speciality[]
}

interface Place {
  readonly unit: string
  readonly unitOf: (text: string) => string | undefined
}

type Told = Omit<Expert, 'organisation_name' | 'updated_at'>

/**
 * What is kept of an expert: known specialities once each, the unit of today by its code, words to search by.
 * Throws Problem request.invalid (specialities, unit, phone).
 */
export function settledExpert(
  told: Told,
  { specialities }: Competence,
  place: Place,
  language: Language,
) {
  const known = new Set(specialities.map(({ id }) => id))
  const wrong = told.specialities.find((id) => !known.has(id))
  if (wrong !== undefined) throw refused('specialities', wrong, language)
  const unit = place.unitOf(told.unit || place.unit)
  if (unit === undefined) throw refused('unit', told.unit, language)
  if (told.on_call && told.phone === '') throw refused('phone', '', language)
  return {
    ...told,
    unit,
    specialities: [...new Set(told.specialities)],
    languages: [...new Set(told.languages)],
    folded: foldVietnamese(wordsOf(told).join(' ')),
  }
}

/** What the journal keeps for ever says what somebody was kept for, not who they are. */
export function recordedExpert({
  specialities,
  on_call,
  unit,
  basis: { ground, since },
  certificates,
}: Pick<ExpertDraft, 'specialities' | 'on_call' | 'unit' | 'basis' | 'certificates'>) {
  return { specialities, on_call, unit, ground, since, certificates: certificates.length }
}

function wordsOf({ name, position, certificates }: Told): string[] {
  return [name, position, ...certificates.flatMap((one) => [one.name, one.issuer])]
}

const words = {
  specialities: {
    vi: { cause: 'không có chuyên môn này', remedy: 'chọn trong danh mục chuyên môn' },
    en: { cause: 'no such speciality', remedy: 'one of the list of specialities' },
  },
  unit: {
    vi: { cause: 'không có tỉnh, thành phố này', remedy: 'mã hoặc tên đơn vị cấp tỉnh' },
    en: { cause: 'no provincial unit of this code or name', remedy: 'code or name' },
  },
  phone: {
    vi: { cause: 'người trực phải có số điện thoại', remedy: 'nhập số, hoặc bỏ đánh dấu trực' },
    en: { cause: 'who is on call has a telephone', remedy: 'give it, or take on call away' },
  },
} as const

function refused(field: keyof typeof words, value: string, language: Language): Problem {
  return new Problem('request.invalid', value.slice(0, 100), [{ field, ...words[field][language] }])
}
