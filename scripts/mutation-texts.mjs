// Leaves sentences for people out of the mutants: their wording is no rule (docs/decisions/12-mutation-tests.md).
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Chinese with punctuation, and no sum: names, values and keys have no punctuation, and a sum is what a score is explained by. */
function isSentence(text) {
  return /[\u4E00-\u9FFF]/.test(text) && /[,:;。,;:「」]/.test(text) && !/[×=]/.test(text);
}

const texts = {
  shouldIgnore({ node }) {
    const words = node.type === 'StringLiteral' ? node.value : node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked).join('') : '';
    return isSentence(words) ? 'a sentence for people' : undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'texts', texts)];
