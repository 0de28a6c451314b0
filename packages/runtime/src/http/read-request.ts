import type { Endpoint } from '@haidang/contracts/endpoint'
import type { Language } from '@haidang/contracts/person'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '../problem.ts'

const parts = ['params', 'query', 'body'] as const
const mostErrors = 20

const words = {
  vi: { error: z.locales.vi().localeError, remedy: remediesVi(), detail: 'Sai ở:' },
  en: { error: z.locales.en().localeError, remedy: remediesEn(), detail: 'Wrong at:' },
}

/**
 * Params, query and body of a request as the endpoint's schemas give them. Throws Problem
 * request.invalid naming each field, cause and remedy in the given language.
 */
export function readRequest(
  { params, query, body }: Endpoint,
  request: FastifyRequest,
  language: Language,
): Record<string, unknown> {
  const schemas = { params, query, body }
  const given = { params: request.params, query: request.query, body: request.body }
  const read: Record<string, unknown> = {}
  const errors: Refusal[] = []
  for (const part of parts) {
    const schema = schemas[part]
    if (!schema) continue
    const result = readAs(schema, given[part], part, language)
    if ('errors' in result) errors.push(...result.errors)
    else read[part] = result.data
  }
  if (errors.length === 0) return read
  const fields = errors.map(({ field }) => field).join(', ')
  throw new Problem(
    'request.invalid',
    `${words[language].detail} ${fields}`,
    errors.slice(0, mostErrors),
  )
}

/**
 * What a value says as a schema has it, or each field that is wrong with cause and remedy in the given language.
 * `whole`: what the value as a whole is called.
 */
export function readAs<S extends z.ZodType>(
  schema: S,
  value: unknown,
  whole: string,
  language: Language,
): { readonly data: z.output<S> } | { readonly errors: Refusal[] } {
  const result = schema.safeParse(value, { error: words[language].error })
  if (result.success) return { data: result.data }
  return { errors: refusalsOf(whole, result.error, language) }
}

interface Refusal {
  readonly field: string
  readonly cause: string
  readonly remedy: string
}

function refusalsOf(part: string, error: z.ZodError, language: Language): Refusal[] {
  return error.issues.slice(0, mostErrors).map((issue) => {
    const path = [...issue.path.map(String), ...unknownKeys(issue)]
    const field = path.length > 0 ? path.join('.') : part
    const remedies: Readonly<Record<string, string>> = words[language].remedy
    return { field, cause: issue.message, remedy: remedies[issue.code] ?? remedies['other'] ?? '' }
  })
}

function unknownKeys(issue: z.core.$ZodIssue): string[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
}

function remediesVi() {
  return {
    invalid_type: 'Gửi giá trị đúng kiểu',
    too_small: 'Gửi giá trị dài hơn hoặc lớn hơn',
    too_big: 'Gửi giá trị ngắn hơn hoặc nhỏ hơn',
    invalid_format: 'Viết lại đúng định dạng',
    invalid_value: 'Chọn một trong các giá trị cho phép',
    unrecognized_keys: 'Bỏ trường này',
    other: 'Sửa lại rồi gửi lại',
  }
}

function remediesEn() {
  return {
    invalid_type: 'Send a value of the right type',
    too_small: 'Send a longer or larger value',
    too_big: 'Send a shorter or smaller value',
    invalid_format: 'Write it in the right format',
    invalid_value: 'Choose one of the allowed values',
    unrecognized_keys: 'Leave this field out',
    other: 'Correct it and send again',
  }
}
