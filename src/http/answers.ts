import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { answer, lookAtAsk, type AnswerForm } from '../actions/answer-ask.ts';
import type { Deps } from '../deps.ts';
import { answerPage, ODD_REQUEST, OUR_FAILURE, type AnswerPage } from './answer-pages.ts';
import { FORM_HEADERS, PAGE_HEADERS, resultPage } from './pages.ts';

const PATH = '/answers/:token';

/** More than the longest answer, in the longest way to write it. */
const MAX_BODY_BYTES = 16_384;

/**
 * `/answers/{token}`: where people answer who were asked, in a browser, without an account and without JavaScript. Looking
 * decides nothing, because mail scanners follow links; sending the form does. The addresses hold secrets: nothing here logs one.
 */
export function answerRoutes(deps: Deps): FastifyPluginAsync {
  return async (app) => {
    app.removeAllContentTypeParsers();
    const asText = { parseAs: 'string', bodyLimit: MAX_BODY_BYTES } as const;
    app.addContentTypeParser('application/x-www-form-urlencoded', asText, (_, body, done) => done(null, body));

    app.setErrorHandler((error: FastifyError, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status < 500) return show(reply, { status, page: ODD_REQUEST });
      const { name, code } = error;
      deps.log.error({ requestId: request.id, name, code }, 'an answer could not be taken down');
      return show(reply, { status: 500, page: OUR_FAILURE });
    });

    app.get<{ Params: { token: string } }>(PATH, { logLevel: 'silent' }, async (request, reply) =>
      show(reply, answerPage(await lookAtAsk(deps, request.params.token), deps.now())),
    );
    app.post<{ Params: { token: string } }>(
      PATH,
      { bodyLimit: MAX_BODY_BYTES, logLevel: 'silent' },
      async (request, reply) => {
        const form = formOf(request);
        return show(reply, answerPage(await answer(deps, request.params.token, form), deps.now(), form));
      },
    );
    app.route({
      method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: PATH,
      logLevel: 'silent',
      handler: (_, reply) => show(reply.header('allow', 'GET, HEAD, POST'), { status: 405, page: ODD_REQUEST }),
    });
  };
}

function formOf({ body }: FastifyRequest): AnswerForm {
  const form = new URLSearchParams(typeof body === 'string' ? body : '');
  return { choice: form.get('choice') ?? '', until: form.get('until') ?? '', note: form.get('note') ?? '' };
}

function show(reply: FastifyReply, { status, page }: AnswerPage): FastifyReply {
  const headers = page.form === undefined ? PAGE_HEADERS : FORM_HEADERS;
  return reply.code(status).headers(headers).send(resultPage(page));
}
