/* Text in XML. */
#ifndef DATEBOOK_CMD_XML_H
#define DATEBOOK_CMD_XML_H

#include "datebook/buf.h"

/* Adds a text so that it stands in an element or between the quotes of an
 * attribute: escaped, and with U+FFFD in place of what XML 1.0 cannot hold
 * (control characters but for tab and line breaks) and of bytes that are no
 * UTF-8. */
void xml_text(struct buf *buf, const char *text);

/* Adds ` name="value"`. */
void xml_attribute(struct buf *buf, const char *name, const char *value);
void xml_number(struct buf *buf, const char *name, int64_t value);

#endif
