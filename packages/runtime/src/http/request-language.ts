import type { Language } from '@haidang/contracts/person'
import type { FastifyRequest } from 'fastify'

/** The language in which a request wants to be answered: Vietnamese unless it asks for English first. */
export function languageOf({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  return /^en\b/i.test(headers['accept-language'] ?? '') ? 'en' : 'vi'
}
