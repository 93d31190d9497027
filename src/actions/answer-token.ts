import type { Deps } from '../deps.ts';

const context = (askId: string) => `answer ${askId}`;

/** Address of the page where a question is answered. The token in it is made of the question's id and a signature. */
export function answerLink({ config, keys }: Pick<Deps, 'config' | 'keys'>, askId: string): string {
  return `${config.publicUrl}/answers/${askId}.${keys.sign(context(askId))}`;
}

/** The question that a token is for; null when we did not make it. */
export function askOfToken({ keys }: Pick<Deps, 'keys'>, token: string): string | null {
  const [, askId = '', signature = ''] = /^(ask_[0-9a-z]{26})\.([A-Za-z0-9_.-]{1,120})$/.exec(token) ?? [];
  return askId !== '' && keys.isSigned(context(askId), signature) ? askId : null;
}
