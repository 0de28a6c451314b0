import type { Endpoint } from '@haidang/contracts/endpoint'
import { problems } from '@haidang/contracts/problems'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

/** The OpenAPI 3.1 description of every endpoint served so far, made from the tables themselves. */
export function openApi(app: FastifyInstance, version = '0'): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const endpoint of app.served) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Hải Đăng', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'haidang_session_NODE' },
        key: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: problemSchema() },
    },
  }
}

/** Serves the description at `/api/openapi.json`. Call it before listening; it tells what is served by then. */
export function serveOpenApi(app: FastifyInstance, version: string): void {
  let text: string | undefined
  app.get('/api/openapi.json', (_, reply) => {
    text ??= JSON.stringify(openApi(app, version))
    reply.type('application/json; charset=utf-8').send(text)
  })
}

function operationOf(endpoint: Endpoint): object {
  const { permission, summary, body, reply } = endpoint
  const open = permission === 'public'
  return {
    operationId: operationId(endpoint),
    summary,
    description: open
      ? 'Anyone may call.'
      : permission === 'signed-in'
        ? 'Anyone signed in may call.'
        : `Needs the permission \`${permission}\`.`,
    'x-permission': permission,
    security: open ? [] : [{ session: [] }, { key: [] }],
    parameters: [
      ...parametersOf('path', endpoint.params),
      ...parametersOf('query', endpoint.query),
    ],
    ...(body ? { requestBody: { required: true, content: jsonOf(schemaOf(body, 'input')) } } : {}),
    responses: {
      200: { description: 'Done', content: jsonOf(schemaOf(reply, 'output')) },
      default: {
        description: 'Refused (RFC 9457)',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
  }
}

function operationId({ method, path }: Endpoint): string {
  const words = path.split(/[/:_-]+/).filter((word) => word !== '' && word !== 'api')
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return `${method.toLowerCase()}${name}`
}

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined): object[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input')
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

function jsonOf(schema: object): object {
  return { 'application/json': { schema } }
}

function problemSchema(): object {
  const word = { type: 'string' }
  return {
    type: 'object',
    required: ['type', 'code', 'title', 'title_en', 'status', 'detail', 'id'],
    properties: {
      type: word,
      code: { type: 'string', enum: Object.keys(problems) },
      title: { type: 'string', description: 'Vietnamese' },
      title_en: word,
      status: { type: 'integer' },
      detail: word,
      id: { type: 'string', description: 'also in the log of the node' },
      errors: {
        type: 'array',
        items: { type: 'object', properties: { field: word, cause: word, remedy: word } },
      },
    },
  }
}
