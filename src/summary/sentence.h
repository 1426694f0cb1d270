/* summary/sentence.h: a paragraph as sentences. Private to summary/. */
#ifndef SUMMARY_SENTENCE_H
#define SUMMARY_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of a paragraph that stays or goes as a whole. */
typedef struct Sentence {
    char *text;  /* without its item number (一是), spaces around it trimmed */
    bool strong; /* all in bold */
    bool item;   /* began with an item number */
    bool intro;  /* ends with ： before the first item */
    bool dropped;
} Sentence;

/* Owned by ctx. */
size_t sentence_split(const void *ctx, const char *paragraph, Sentence **ret_sentences);

#endif
