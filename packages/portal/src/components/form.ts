import { useLingui } from '@lingui/react/macro'
import { type FormEvent, type RefObject, useEffect, useMemo, useState } from 'react'
import { Refusal } from '../api/send.ts'
import { keepOverReload } from './over-reload.ts'

export type Errors = Readonly<Record<string, string>>
export const noErrors: Errors = {}

/** The part of a zod result this file reads; the schemas themselves come from the contract. */
interface Issue {
  readonly code?: string
  readonly path: readonly PropertyKey[]
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly format?: string
  readonly origin?: string
  readonly message: string
}
type Parsed<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: { readonly issues: readonly object[] } }

/** Turns what a contract schema finds wrong into words beside the fields. */
export function useIssues() {
  const { t } = useLingui()
  return useMemo(() => {
    const size = ({ code, minimum, maximum }: Issue): string => {
      if (code === 'too_big') return t`Nhiều nhất ${Number(maximum)} ký tự`
      return Number(minimum) <= 1 ? t`Chưa nhập` : t`Cần ít nhất ${Number(minimum)} ký tự`
    }
    const word = (issue: Issue): string => {
      if (issue.code === 'too_small' || issue.code === 'too_big') return size(issue)
      if (issue.format === 'email') return t`Chưa đúng dạng thư điện tử, ví dụ ten@donvi.vn`
      if (issue.code === 'invalid_type') return t`Chưa nhập`
      return t`Giá trị không hợp lệ`
    }
    return <T>(parsed: Parsed<T>): Errors => {
      if (parsed.success) return noErrors
      const issues = parsed.error.issues as readonly Issue[]
      return Object.fromEntries(issues.map((issue) => [issue.path.join('.'), word(issue)]))
    }
  }, [t])
}

/** Field errors a refusal carries. */
export function errorsOf(error: unknown): Errors {
  if (!(error instanceof Refusal)) return noErrors
  return Object.fromEntries(error.errors.map(({ field, cause }) => [field, cause]))
}

/** What is wrong with a form by field: as the contract’s schema finds, or as the node refused it. */
export function useWrong() {
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  return {
    wrong,
    refused: (error: unknown) => setWrong(errorsOf(error)),
    /** Hands on what a schema finds nothing wrong with. */
    checked: <T>(parsed: Parsed<T>, then: (data: T) => void) => {
      setWrong(issues(parsed))
      if (parsed.success) then(parsed.data)
    },
  }
}

/** The text of a named control. */
export function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Lines of a text area, trimmed, without empty ones. */
export function lines(form: FormData, name: string): string[] {
  return text(form, name)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** Hands over the fields of a submitted form instead of letting the browser send it. */
export function submitted(act: (form: FormData) => void) {
  return (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    act(new FormData(event.currentTarget))
  }
}

/** Keeps a form as one types, secrets apart, and fills it again after a reload; `forget` ends the draft. */
export function useDraft(
  key: string,
  form: RefObject<HTMLFormElement | null>,
  onKept?: () => void,
) {
  const name = `haidang.draft.${key}`
  useEffect(() => {
    const element = form.current
    if (!element) return
    fill(element, localStorage.getItem(name))
    const keep = () => {
      const secret = secretsOf(element)
      const entries = [...new FormData(element)].filter(
        ([field, value]) => typeof value === 'string' && !secret.has(field),
      )
      keepOverReload(name, JSON.stringify(entries))
      onKept?.()
    }
    element.addEventListener('input', keep)
    return () => element.removeEventListener('input', keep)
  }, [name, form, onKept])
  return { forget: () => localStorage.removeItem(name) }
}

function secretsOf(form: HTMLFormElement): ReadonlySet<string> {
  const inputs = form.querySelectorAll<HTMLInputElement>('input[type=password]')
  return new Set([...inputs].map(({ name }) => name))
}

function fill(form: HTMLFormElement, kept: string | null): void {
  const values = new Map(JSON.parse(kept ?? '[]') as [string, string][])
  for (const control of form.elements) {
    if (control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement) {
      control.value = values.get(control.name) ?? control.value
    } else if (control instanceof HTMLInputElement) fillInput(control, values.get(control.name))
  }
}

function fillInput(control: HTMLInputElement, value: string | undefined): void {
  if (value === undefined || control.type === 'password' || control.type === 'file') return
  if (control.type === 'checkbox') control.checked = true
  else control.value = value
}
